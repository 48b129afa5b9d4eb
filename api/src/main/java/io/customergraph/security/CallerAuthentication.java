package io.customergraph.security;

import io.customergraph.limits.Allowances;
import io.customergraph.tenant.Caller;

import org.springframework.security.authentication.AbstractAuthenticationToken;

import java.util.List;

/** Spring Security's view of a caller that has shown a good key or token. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Caller caller;
    private final transient Allowances.Holder allowance;

    CallerAuthentication(Caller caller, Allowances.Holder allowance) {
        super(List.of());
        this.caller = caller;
        this.allowance = allowance;
        setAuthenticated(true);
    }

    Caller caller() {
        return caller;
    }

    Allowances.Holder allowance() {
        return allowance;
    }

    @Override
    public Object getPrincipal() {
        return caller;
    }

    @Override
    public String getName() {
        return caller.name();
    }

    @Override
    public Object getCredentials() {
        return "";
    }
}
