package io.ristflow.operator.crd.v1alpha1;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What the generator's own annotations cannot say of a component of the resource. Whatever writes {@code crds/} puts it into the schema. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Schema {
    /** The field of its items by which a list is a map: no two items may have it alike, and server-side apply merges by it. */
    String key() default "";

    /** The only numbers allowed; none: the bounds alone. */
    int[] oneOf() default {};

    /** A number must be a multiple of it; 0: need not. */
    int multipleOf() default 0;

    /** How a text is to be read, such as {@code date-time}. */
    String format() default "";

    /** What one item of a list of texts is. */
    String item() default "";
}
