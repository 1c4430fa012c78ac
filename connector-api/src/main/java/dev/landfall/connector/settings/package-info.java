/**
 * What a person has to fill in, declared once: a {@link dev.landfall.connector.settings.Setting} is
 * both the declaration that forms, schemas and documentation are made of, and the typed accessor
 * that reads the value.
 */
@NullMarked
package dev.landfall.connector.settings;

import org.jspecify.annotations.NullMarked;
