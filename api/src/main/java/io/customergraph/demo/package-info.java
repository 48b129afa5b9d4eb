/**
 * The demo: invented people, and the records that several sources would have of them, with the
 * noise of real life. What comes out are raw records, which go in by the same way as everybody's;
 * who they really are is kept aside, to measure by.
 */
@NullMarked
package io.customergraph.demo;

import org.jspecify.annotations.NullMarked;
