/** What is done without a request: work that waits in the database, for any number of nodes. */
@NullMarked
package io.customergraph.worker;

import org.jspecify.annotations.NullMarked;
