/**
 * The one way in. Connectors translate what a provider sends into {@link
 * io.customergraph.ingest.SourceRecord}s; out of this package come stored records, each linked to
 * one unified customer, with the decision that linked it and the change event that tells of it.
 */
@NullMarked
package io.customergraph.ingest;

import org.jspecify.annotations.NullMarked;
