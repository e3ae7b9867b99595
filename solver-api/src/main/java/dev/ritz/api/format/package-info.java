/**
 * Storage formats that multiply faster than compressed rows.
 *
 * <p>{@link dev.ritz.api.CsrMatrix} stays the one assembled form. {@code FormatChoice} looks at its
 * pattern and makes the format that suits it; a solver takes the result as any {@link dev.ritz.api.LinearOperator}.
 */
package dev.ritz.api.format;
