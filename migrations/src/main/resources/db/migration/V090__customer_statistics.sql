-- Keeps the statistics of customers exact under insert, update, delete, relink and merge. Statement triggers over
-- transition tables: a batch of 500 records updates each customer once. Customers are locked in the order of their ids, and
-- no more strongly than the foreign keys of a batch, which share them before, allow: so that two batches cannot wait for
-- each other.

-- TG_ARGV: the counter's column, the column of the time of contact. A time of contact only ever moves forward.
CREATE FUNCTION count_customer_activity() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    counter    text := TG_ARGV[0];
    contact_at text := TG_ARGV[1];
    gone       text := 'SELECT tenant_id, customer_id, -1, NULL::timestamptz FROM old_rows';
    come       text := format('SELECT tenant_id, customer_id, 1, %I FROM new_rows', contact_at);
    moved      text := CASE TG_OP WHEN 'INSERT' THEN come WHEN 'DELETE' THEN gone ELSE gone || ' UNION ALL ' || come END;
BEGIN
    EXECUTE format($sql$
        WITH moved (tenant_id, customer_id, n, at) AS (%s),
        delta AS (
            SELECT tenant_id, customer_id, sum(n)::integer AS n, max(at) AS at
            FROM moved
            WHERE customer_id IS NOT NULL
            GROUP BY tenant_id, customer_id),
        locked AS (
            SELECT c.tenant_id, c.id, d.n, d.at
            FROM delta d
            JOIN customers c ON c.tenant_id = d.tenant_id AND c.id = d.customer_id
            WHERE d.n <> 0 OR d.at > coalesce(c.last_contact_at, '-infinity')
            ORDER BY c.tenant_id, c.id
            FOR NO KEY UPDATE OF c)
        UPDATE customers c
        SET %2$I = c.%2$I + l.n,
            last_contact_at = greatest(c.last_contact_at, l.at),
            updated_at = now()
        FROM locked l
        WHERE c.tenant_id = l.tenant_id AND c.id = l.id
        $sql$, moved, counter);
    RETURN NULL;
END
$$;

-- What one row adds to its customer's lifetime value: what was paid and not given back.
CREATE FUNCTION order_value(financial_status text, cancelled_at timestamptz, total numeric, refunded numeric)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN financial_status IN ('paid', 'partially_refunded', 'refunded') AND cancelled_at IS NULL
        THEN coalesce(total, 0) - refunded
        ELSE 0 END
$$;
-- A payment of a Shopify order is in the order already.
CREATE FUNCTION payment_value(status text, shopify_order_id bigint, amount numeric, refunded numeric)
RETURNS numeric LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE
        WHEN status IN ('paid', 'partly_refunded', 'refunded') AND shopify_order_id IS NULL THEN amount - refunded
        ELSE 0 END
$$;

-- TG_ARGV: the expression of the value of a row, one of the two above; written in this file only.
CREATE FUNCTION sum_customer_value() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    gone  text := format('SELECT tenant_id, customer_id, currency, -(%s) FROM old_rows', TG_ARGV[0]);
    come  text := format('SELECT tenant_id, customer_id, currency, %s FROM new_rows', TG_ARGV[0]);
    moved text := CASE TG_OP WHEN 'INSERT' THEN come WHEN 'DELETE' THEN gone ELSE gone || ' UNION ALL ' || come END;
BEGIN
    EXECUTE format($sql$
        INSERT INTO customer_lifetime_values AS v (tenant_id, customer_id, currency, amount)
        SELECT tenant_id, customer_id, currency, sum(amount)
        FROM (%s) AS moved (tenant_id, customer_id, currency, amount)
        WHERE customer_id IS NOT NULL
        GROUP BY tenant_id, customer_id, currency
        HAVING sum(amount) <> 0
        ORDER BY tenant_id, customer_id, currency
        ON CONFLICT (tenant_id, customer_id, currency) DO UPDATE SET amount = v.amount + excluded.amount
        $sql$, moved);
    RETURN NULL;
END
$$;

CREATE PROCEDURE keep_statistics(target regclass, trigger_function regproc, arguments text)
LANGUAGE plpgsql AS $$
DECLARE
    event record;
BEGIN
    FOR event IN
        SELECT * FROM (VALUES ('insert', 'NEW TABLE AS new_rows'),
                              ('delete', 'OLD TABLE AS old_rows'),
                              ('update', 'OLD TABLE AS old_rows NEW TABLE AS new_rows')) AS e (name, tables)
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION %s(%s)',
            trigger_function || '_' || event.name, event.name, target, event.tables, trigger_function, arguments);
    END LOOP;
END
$$;
CALL keep_statistics('appointments', 'count_customer_activity', '''total_appointments'', ''appointment_date''');
CALL keep_statistics('omni_conversations', 'count_customer_activity', '''total_conversations'', ''last_message_at''');
CALL keep_statistics('support_tickets', 'count_customer_activity', '''total_tickets'', ''created_at''');
CALL keep_statistics('shopify_orders', 'count_customer_activity', '''total_orders'', ''created_at''');
CALL keep_statistics('shopify_orders', 'sum_customer_value',
    '''order_value(financial_status, cancelled_at, total_price, total_refunded)''');
CALL keep_statistics('transactions', 'sum_customer_value',
    '''payment_value(status, shopify_order_id, amount, refunded_amount)''');
DROP PROCEDURE keep_statistics;
