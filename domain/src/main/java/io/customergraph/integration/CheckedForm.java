package io.customergraph.integration;

import io.customergraph.customer.UserError;
import io.customergraph.secret.Secret;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a caller gave for a provider's form, checked, with every error found at once.
 *
 * @param settings normalised, by field; never a secret
 * @param secrets by field
 * @param errors one for each field that is to be mended; no message repeats a value
 */
record CheckedForm(
        Map<String, String> settings, Map<String, Secret> secrets, List<UserError> errors) {

    private static final int MAX_LENGTH = 4096;

    /** Which fields are asked for. */
    enum Part {
        /** All of the form: what is required must be there. */
        WHOLE,
        /** Some settings, to be changed. */
        SETTINGS,
        /** Some secrets, to be replaced. */
        SECRETS
    }

    /** Checks the fields that were given, in their order. */
    static CheckedForm of(IntegrationProvider provider, List<GivenField> given, Part part) {
        Map<String, String> settings = new LinkedHashMap<>();
        Map<String, Secret> secrets = new LinkedHashMap<>();
        List<UserError> errors = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (GivenField one : given) {
            FormField field = provider.field(one.name()).orElse(null);
            UserError error =
                    field == null
                            ? unknown(provider, one.name())
                            : seen.add(one.name())
                                    ? error(field, one.value(), part)
                                    : error(
                                            field,
                                            UserError.Code.INVALID,
                                            "The field is given twice; give it once");
            if (error != null) {
                errors.add(error);
            } else if (field != null) {
                String value = field.normalised(one.value());
                if (field.isSecret()) {
                    secrets.put(field.name(), Secret.of(value));
                } else {
                    settings.put(field.name(), value);
                }
            }
        }
        if (part == Part.WHOLE) {
            provider.form().stream()
                    .filter(field -> field.isRequired() && !seen.contains(field.name()))
                    .map(CheckedForm::missing)
                    .forEach(errors::add);
        }
        return new CheckedForm(settings, secrets, errors);
    }

    private static @Nullable UserError error(FormField field, String value, Part part) {
        if (part == Part.SETTINGS && field.isSecret()) {
            return error(
                    field,
                    UserError.Code.INVALID,
                    "A secret is replaced by rotateIntegrationCredentials");
        }
        if (part == Part.SECRETS && !field.isSecret()) {
            return error(
                    field,
                    UserError.Code.INVALID,
                    "This is no secret; updateIntegration changes it");
        }
        if (part == Part.SETTINGS && field.isAccount()) {
            return error(
                    field,
                    UserError.Code.INVALID,
                    "A connection stays with its account; connect the other account instead");
        }
        if (value.length() > MAX_LENGTH) {
            return error(field, UserError.Code.TOO_LONG, "At most " + MAX_LENGTH + " characters");
        }
        String normalised = field.normalised(value);
        if (normalised.isEmpty()) {
            return missing(field);
        }
        return field.accepts(normalised)
                ? null
                : error(
                        field,
                        UserError.Code.INVALID,
                        field.options().isEmpty()
                                ? field.label() + " has another form. " + field.help()
                                : "One of "
                                        + String.join(
                                                ", ",
                                                field.options().stream()
                                                        .map(FormField.Option::value)
                                                        .toList()));
    }

    private static UserError missing(FormField field) {
        return error(field, UserError.Code.REQUIRED, "Give " + field.label() + ". " + field.help());
    }

    private static UserError unknown(IntegrationProvider provider, String name) {
        return new UserError(
                UserError.Code.INVALID,
                List.of("input", "fields", name),
                provider.name()
                        + " has no such field; it has "
                        + String.join(
                                ", ", provider.form().stream().map(FormField::name).toList()));
    }

    private static UserError error(FormField field, UserError.Code code, String message) {
        return new UserError(code, List.of("input", "fields", field.name()), message);
    }
}
