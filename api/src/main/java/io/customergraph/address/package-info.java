/** Where this server is found from outside: by browsers and by providers. */
@NullMarked
package io.customergraph.address;

import org.jspecify.annotations.NullMarked;
