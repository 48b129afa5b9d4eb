/** What people asked for help with, and who they are at the helpdesk. */
@NullMarked
package io.customergraph.support;

import org.jspecify.annotations.NullMarked;
