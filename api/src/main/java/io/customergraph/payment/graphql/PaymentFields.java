package io.customergraph.payment.graphql;

import graphql.schema.idl.RuntimeWiring;

import io.customergraph.customer.Customers;
import io.customergraph.graphql.Fields;
import io.customergraph.graphql.Graph;
import io.customergraph.graphql.NodeType;
import io.customergraph.payment.Enrollment;
import io.customergraph.payment.Transaction;
import io.customergraph.payment.TransactionRefund;
import io.customergraph.payment.TransactionRefunds;
import io.customergraph.payment.Transactions;

import org.springframework.graphql.execution.RuntimeWiringConfigurer;
import org.springframework.stereotype.Component;

/** The fields of payments and enrollments. */
@Component
final class PaymentFields implements RuntimeWiringConfigurer {

    private final Graph graph;

    PaymentFields(Graph graph) {
        this.graph = graph;
    }

    @Override
    public void configure(RuntimeWiring.Builder wiring) {
        Fields.ofNode(NodeType.TRANSACTION, Transaction.class, Transaction::id)
                .money("amount", Transaction::amount, Transaction::currency)
                .money("refundedAmount", Transaction::refundedAmount, Transaction::currency)
                .fetcher("customer", graph.one(Customers.LOOKUP, Transaction::customerId))
                .fetcher("invoice", graph.one(Transactions.LOOKUP, Transaction::invoiceId))
                .fetcher(
                        "refunds",
                        graph.connection(TransactionRefunds.OF_TRANSACTION, Transaction::id))
                .addTo(wiring);
        Fields.ofNode(NodeType.TRANSACTION_REFUND, TransactionRefund.class, TransactionRefund::id)
                .money("amount", TransactionRefund::amount, TransactionRefund::currency)
                .fetcher(
                        "transaction",
                        graph.one(Transactions.LOOKUP, TransactionRefund::transactionId))
                .addTo(wiring);
        Fields.ofNode(NodeType.ENROLLMENT, Enrollment.class, Enrollment::id)
                .money("price", Enrollment::price, Enrollment::currency)
                .fetcher("customer", graph.one(Customers.LOOKUP, Enrollment::customerId))
                .addTo(wiring);
        Fields.addConnections(wiring, "Transaction", "TransactionRefund", "Enrollment");
        Fields.addEnums(wiring, "TransactionStatus", "TransactionRefundStatus", "EnrollmentStatus");
    }
}
