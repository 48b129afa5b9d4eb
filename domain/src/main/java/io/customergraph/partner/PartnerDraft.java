package io.customergraph.partner;

import io.customergraph.customer.UserError;
import io.customergraph.integration.GivenField;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What an administrator says of the platform's account with a provider; what is null stays.
 *
 * @param fields settings and secrets, by their names
 */
public record PartnerDraft(
        String provider,
        @Nullable String name,
        List<GivenField> fields,
        @Nullable String webhookUrl,
        @Nullable Boolean isPublic,
        @Nullable String description,
        @Nullable String logoUrl,
        @Nullable String termsUrl,
        @Nullable String supportUrl,
        @Nullable Boolean isEnabled,
        @Nullable Long expectedVersion) {

    private static final int MAX_NAME = 200;
    private static final int MAX_DESCRIPTION = 2000;
    private static final Pattern ADDRESS = Pattern.compile("https://[!-~]{1,490}");

    public PartnerDraft {
        fields = List.copyOf(fields);
    }

    /** The draft, with every error found at once; no message repeats a value. */
    record Checked(
            Map<String, String> settings, Map<String, Secret> secrets, List<UserError> errors) {}

    Checked checked() {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Secret> secrets = new LinkedHashMap<>();
        List<UserError> errors = new ArrayList<>();
        PartnerForm form = PartnerForm.of(provider).orElse(null);
        if (form == null) {
            errors.add(
                    UserError.of(
                            UserError.Code.NOT_FOUND,
                            "provider",
                            "There are programmes of shopify, meta_whatsapp, dialog_360, twilio"));
            return new Checked(settings, secrets, errors);
        }
        if (name != null && (name.isBlank() || name.strip().length() > MAX_NAME)) {
            errors.add(error("name", "Between 1 and " + MAX_NAME + " characters"));
        }
        if (description != null && description.length() > MAX_DESCRIPTION) {
            errors.add(error("description", "At most " + MAX_DESCRIPTION + " characters"));
        }
        checkAddress("webhookUrl", webhookUrl, errors);
        checkAddress("logoUrl", logoUrl, errors);
        checkAddress("termsUrl", termsUrl, errors);
        checkAddress("supportUrl", supportUrl, errors);
        for (GivenField field : fields) {
            Pattern setting = form.settings().get(field.name());
            Pattern secret = form.secrets().get(field.name());
            String value = field.value().strip();
            if (setting == null && secret == null) {
                errors.add(
                        fieldError(
                                field,
                                "There is no such field; there are "
                                        + form.settings().keySet().stream().sorted().toList()
                                        + " and the secrets "
                                        + form.secrets().keySet().stream().sorted().toList()));
            } else if (setting != null && setting.matcher(value).matches()) {
                settings.put(field.name(), value);
            } else if (secret != null && secret.matcher(value).matches()) {
                secrets.put(field.name(), Secret.of(value));
            } else {
                errors.add(fieldError(field, "The value has another form; copy it again"));
            }
        }
        return new Checked(settings, secrets, errors);
    }

    private static UserError fieldError(GivenField field, String message) {
        return new UserError(
                UserError.Code.INVALID, List.of("input", "fields", field.name()), message);
    }

    private static void checkAddress(
            String field, @Nullable String address, List<UserError> errors) {
        if (address != null && !ADDRESS.matcher(address).matches()) {
            errors.add(error(field, "An https address of at most 500 characters"));
        }
    }

    private static UserError error(String field, String message) {
        return UserError.of(UserError.Code.INVALID, field, message);
    }
}
