package io.customergraph.customer;

import io.customergraph.matching.normalize.Email;
import io.customergraph.matching.normalize.Phone;
import io.customergraph.matching.normalize.Quality;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A draft that was checked: texts stripped, e-mail and phone normalised, and every error found at
 * once.
 *
 * @param identifying which of e-mail and phone may identify a person, by the tenant's policies
 */
record CheckedDraft(
        CustomerDraft draft,
        Optional<Email> email,
        Optional<Phone> phone,
        Set<IdentifierKind> identifying,
        List<UserError> errors) {

    private static final int MAX_NAME = 200;
    private static final int MAX_TAGS = 50;
    private static final int MAX_TAG = 100;
    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]+");
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");
    private static final Set<String> CONTACT_METHODS = Set.of("email", "phone", "sms", "whatsapp");

    static CheckedDraft of(CustomerDraft draft, IdentifierPolicies policies) {
        List<UserError> errors = new ArrayList<>();
        Change<String> firstName = text(draft.firstName(), "firstName", errors);
        Change<String> lastName = text(draft.lastName(), "lastName", errors);
        Optional<Email> email = email(draft.email(), errors);
        Optional<Phone> phone = phone(draft.phone(), policies.defaultRegion(), errors);
        Change<List<String>> tags = tags(draft.tags(), errors);
        checkContactMethod(draft.preferredContactMethod().value(), errors);
        checkLanguage(draft.language().value(), errors);
        checkTimezone(draft.timezone().value(), errors);
        CustomerDraft stripped =
                new CustomerDraft(
                        firstName,
                        lastName,
                        draft.email(),
                        draft.phone(),
                        tags,
                        draft.preferredContactMethod(),
                        draft.language(),
                        draft.timezone());
        return new CheckedDraft(
                stripped, email, phone, identifying(email, phone, policies), List.copyOf(errors));
    }

    private static Set<IdentifierKind> identifying(
            Optional<Email> email, Optional<Phone> phone, IdentifierPolicies policies) {
        Set<IdentifierKind> kinds = EnumSet.noneOf(IdentifierKind.class);
        email.filter(
                        read ->
                                read.quality() == Quality.IDENTITY
                                        && policies.of(IdentifierKind.EMAIL)
                                                .trusts(read.normalized()))
                .ifPresent(read -> kinds.add(IdentifierKind.EMAIL));
        phone.filter(read -> policies.of(IdentifierKind.PHONE).trusts(read.e164()))
                .ifPresent(read -> kinds.add(IdentifierKind.PHONE));
        return kinds;
    }

    private static Change<String> text(
            Change<String> change, String field, List<UserError> errors) {
        String value = change.value();
        if (value == null) {
            return change;
        }
        String stripped = visible(value);
        if (stripped.codePointCount(0, stripped.length()) > MAX_NAME) {
            errors.add(
                    UserError.of(
                            UserError.Code.TOO_LONG, field, "At most " + MAX_NAME + " characters"));
        }
        return Change.set(stripped.isEmpty() ? null : stripped);
    }

    /** Without what nobody sees: controls are blanks, and marks of direction are nothing. */
    private static String visible(String value) {
        String text = INVISIBLE.matcher(CONTROLS.matcher(value).replaceAll(" ")).replaceAll("");
        return text.codePoints().anyMatch(CheckedDraft::isSeen) ? text.strip() : "";
    }

    private static boolean isSeen(int codePoint) {
        return !Character.isWhitespace(codePoint)
                && Character.getType(codePoint) != Character.FORMAT
                && Character.getType(codePoint) != Character.SPACE_SEPARATOR;
    }

    private static Optional<Email> email(Change<String> change, List<UserError> errors) {
        String value = change.value();
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        Optional<Email> email = Email.of(value).filter(read -> read.quality() != Quality.UNUSABLE);
        if (email.isEmpty()) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "email",
                            "Not an e-mail address; one looks like name@example.com"));
        }
        return email;
    }

    private static Optional<Phone> phone(
            Change<String> change, String defaultRegion, List<UserError> errors) {
        String value = change.value();
        if (value == null || value.isBlank()) {
            return Optional.empty();
        }
        Optional<Phone> phone =
                Phone.of(value, defaultRegion).filter(read -> read.quality() == Quality.IDENTITY);
        if (phone.isEmpty()) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "phone",
                            "Not a person's phone number; write it with its country code, such as"
                                    + " +966501234567, or as it is dialled in "
                                    + defaultRegion));
        }
        return phone;
    }

    /** Each once, in the order given, and none that is blank. */
    private static Change<List<String>> tags(Change<List<String>> change, List<UserError> errors) {
        List<String> given = change.value();
        if (given == null) {
            return change;
        }
        List<String> tags =
                given.stream()
                        .map(CheckedDraft::visible)
                        .filter(tag -> !tag.isEmpty())
                        .distinct()
                        .toList();
        boolean isTooLong =
                tags.stream().anyMatch(tag -> tag.codePointCount(0, tag.length()) > MAX_TAG);
        if (tags.size() > MAX_TAGS || isTooLong) {
            errors.add(
                    UserError.of(
                            UserError.Code.TOO_LONG,
                            "tags",
                            "At most " + MAX_TAGS + " tags of " + MAX_TAG + " characters"));
        }
        return Change.set(tags);
    }

    private static void checkContactMethod(@Nullable String method, List<UserError> errors) {
        if (method != null && !CONTACT_METHODS.contains(method)) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "preferredContactMethod",
                            "One of EMAIL, PHONE, SMS, WHATSAPP"));
        }
    }

    private static void checkLanguage(@Nullable String language, List<UserError> errors) {
        if (language == null) {
            return;
        }
        try {
            new Locale.Builder().setLanguageTag(language);
        } catch (IllformedLocaleException notATag) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "language",
                            "Not a language tag (BCP 47), such as ar, fr or en-GB"));
        }
    }

    private static void checkTimezone(@Nullable String timezone, List<UserError> errors) {
        if (timezone == null) {
            return;
        }
        try {
            ZoneId.of(timezone);
        } catch (DateTimeException notAZone) {
            errors.add(
                    UserError.of(
                            UserError.Code.INVALID,
                            "timezone",
                            "Not a time zone, such as Asia/Riyadh"));
        }
    }

    /** Whether a customer made of the draft would have neither name, e-mail nor phone. */
    boolean namesNobody() {
        return draft.firstName().value() == null
                && draft.lastName().value() == null
                && email.isEmpty()
                && phone.isEmpty();
    }

    /** The fields that the draft writes, by their names in the API. */
    List<String> fieldsSet() {
        List<String> fields = new ArrayList<>();
        addIfSet(fields, "firstName", draft.firstName());
        addIfSet(fields, "lastName", draft.lastName());
        addIfSet(fields, "email", draft.email());
        addIfSet(fields, "phone", draft.phone());
        addIfSet(fields, "tags", draft.tags());
        addIfSet(fields, "preferredContactMethod", draft.preferredContactMethod());
        addIfSet(fields, "language", draft.language());
        addIfSet(fields, "timezone", draft.timezone());
        return fields;
    }

    private static void addIfSet(List<String> fields, String field, Change<?> change) {
        if (change.isSet()) {
            fields.add(field);
        }
    }

    /** What to say where one of the draft's values turned out to be another customer's. */
    List<UserError> taken() {
        List<UserError> taken = new ArrayList<>(2);
        email.ifPresent(value -> taken.add(taken("email")));
        phone.ifPresent(value -> taken.add(taken("phone")));
        return taken;
    }

    static UserError taken(String field) {
        return UserError.of(
                UserError.Code.TAKEN,
                field,
                "Another customer has this "
                        + field
                        + "; change that one, merge the two, or leave the field out");
    }
}
