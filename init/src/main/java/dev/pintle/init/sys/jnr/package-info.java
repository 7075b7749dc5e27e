/**
 * The real kernel from a JVM, by jnr-posix and jnr-ffi: the same supervisor in an IDE, with a debugger, against real
 * processes. Never compiled natively, and needed by nothing else.
 *
 * <p><b>Children.</b> After fork a JVM's child has one thread and the locks of all the others, so nothing may run in it
 * but C that was made for that: posix_spawn(3). What posix_spawn cannot set (niceness, user, groups, no_new_privs, and
 * after unshare(CLONE_FS) umask and working directory) Linux keeps for each thread, and a child inherits it from the
 * thread that makes it. So each child is made by a thread of its own, which first becomes what the child is to be, by
 * system calls that concern it alone, and then ends. Each step has its exact errno, and no shell is in between.
 *
 * <p><b>What differs from the native init.</b>
 *
 * <ul>
 *   <li>A child whose set-up failed never was a process. {@link dev.pintle.init.sys.jnr.UnbornChildren} plays it, under
 *       a number that no process can have.
 *   <li>Resource limits and oom_score_adj belong to a whole process: others set them on the child while it waits at a
 *       {@link dev.pintle.init.sys.jnr.Gate}. They are set last, so that a limit that is refused is reported after a
 *       directory that is missing, not before. It takes a kernel that tells a thread's children in
 *       /proc, and CAP_SYS_RESOURCE where the child is another user.
 *   <li>With {@code foreground}, the terminal is handed over after exec.
 *   <li>Some signals are the JVM's own and cannot be received: QUIT (a thread dump), USR2, and those of a crash. Send
 *       TERM.
 *   <li>A user can be taken on by root only, and unshare(CLONE_FS) must not be forbidden, as it is in a container under
 *       Docker's default seccomp profile; without it a child with a working directory or a umask cannot be made there.
 *   <li>Only glibc on amd64 and arm64.
 * </ul>
 *
 * <p>Children are waited for by no other part of the JVM, unless a program in it uses {@link java.lang.ProcessBuilder}: do
 * not.
 */
@NullMarked
package dev.pintle.init.sys.jnr;

import org.jspecify.annotations.NullMarked;
