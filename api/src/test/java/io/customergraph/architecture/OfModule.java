package io.customergraph.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;

/**
 * Classes of one Maven module: packages of the same feature are in two of them, so the package does
 * not tell.
 */
final class OfModule extends DescribedPredicate<JavaClass> {

    private final String module;

    OfModule(String module) {
        super("are of the module " + module);
        this.module = module;
    }

    @Override
    public boolean test(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString())
                .filter(
                        uri ->
                                uri.contains("/" + module + "/target/classes/")
                                        || uri.contains("/customergraph-" + module + "-"))
                .isPresent();
    }
}
