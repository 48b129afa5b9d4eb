package io.customergraph.testing;

import io.customergraph.id.TimeOrderedId;
import io.customergraph.tenant.TenantId;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Customers as ingestion leaves them: no two have one e-mail or phone, and some are double. */
public final class ManyCustomers {

    private static final String[] SYLLABLES = {
        "ba", "den", "ri", "sol", "mek", "tu", "var", "lin", "go", "pash", "ne", "quor", "hal",
        "zim", "fe", "yat", "wol", "dri", "kas", "mo", "ber", "tal", "uri", "sven", "cho"
    };

    private final Random random = new Random(3);
    private final List<Object[]> rows = new ArrayList<>();
    private final TenantId tenant;

    private ManyCustomers(TenantId tenant) {
        this.tenant = tenant;
    }

    /**
     * Gives a tenant customers.
     *
     * @param people of whom every tenth is there twice, with other addresses; one family in fifty
     *     is called Haddad
     */
    public static void insert(TestDatabase database, TenantId tenant, int people) {
        ManyCustomers customers = new ManyCustomers(tenant);
        for (int person = 0; person < people; person++) {
            customers.add(person);
        }
        database.owner()
                .batchUpdate(
                        """
                        INSERT INTO customers (
                            tenant_id, id, source, first_name, last_name, email, phone)
                        VALUES (?, ?, 'test', ?, ?, ?, ?)
                        """,
                        customers.rows);
    }

    private void add(int person) {
        String first = syllables(2);
        String last = person % 50 == 0 ? "haddad" : syllables(3);
        add(first, last, first + "." + last + person + "@a.example");
        if (person % 10 == 1) {
            add(first, last, last + "-" + person + first + "@b.example");
        }
    }

    private void add(String first, String last, String email) {
        String phone = "+96650" + (1_000_000 + rows.size() * 37);
        rows.add(new Object[] {tenant.value(), TimeOrderedId.next(), first, last, email, phone});
    }

    private String syllables(int count) {
        StringBuilder name = new StringBuilder();
        for (int n = 0; n < count; n++) {
            name.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
        }
        return name.toString();
    }
}
