/**
 * From a service's definition to everything that its process needs: the environment, the user's numbers, the places
 * where the program may lie. All of it is looked up before fork, in files as they are at that moment, so that users and
 * variables that another service has just made are seen.
 */
@NullMarked
package dev.pintle.init.launch;

import org.jspecify.annotations.NullMarked;
