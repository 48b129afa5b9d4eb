/**
 * What people decide about single records: this record is that customer's, this one is not. Each
 * decision is in the ledger, and what rests on a record follows it.
 */
@NullMarked
package io.customergraph.link;

import org.jspecify.annotations.NullMarked;
