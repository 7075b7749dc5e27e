/**
 * The files of an image that lies in layers: directories, and tars as {@code docker export} writes them. Links are followed
 * as the container would follow them, within the image.
 */
@NullMarked
package dev.pintle.convert.read.image;

import org.jspecify.annotations.NullMarked;
