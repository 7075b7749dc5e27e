package dev.pintle.init.launch;

import dev.pintle.init.sys.RawText;
import dev.pintle.init.sys.Sys;
import dev.pintle.layout.text.Ascii;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The users and groups of /etc/passwd and /etc/group (passwd(5), group(5)), read anew each time they are asked for. Their
 * numbers are unsigned, and kept as the bits of an int.
 */
public final class Accounts {
    private static final String PASSWD = "/etc/passwd";
    private static final String GROUP = "/etc/group";
    /** No number: to the kernel it means to change nothing, and nobody has it. */
    private static final int NONE = -1;

    private static final long LARGEST = 0xffff_fffeL;

    /** NGROUPS_MAX of Linux. */
    private static final int MOST_GROUPS = 65_536;

    private static final int PASSWD_FIELDS = 6;
    private static final int GROUP_FIELDS = 3;

    private final Sys sys;

    /** Reads through {@code sys}. */
    public Accounts(Sys sys) {
        this.sys = sys;
    }

    /**
     * A user as a process becomes it.
     *
     * @param name    login name, or the number where there is no entry
     * @param userId  its number
     * @param groupId its primary group
     * @param groups  its supplementary groups, the primary one among them
     * @param home    its home directory, {@code /} where there is no entry (as Docker has it)
     * @param shell   its login shell, or null
     */
    public record Identity(
            String name,
            int userId,
            int groupId,
            List<Integer> groups,
            String home,
            @Nullable String shell) {}

    /**
     * The numbers of a process's user and groups, as runit and s6 have them.
     *
     * @param userId the user
     * @param groups the groups; the first is the primary one
     */
    public record Ids(int userId, List<Integer> groups) {

        /** Reads {@code uid:gid[:gid…]}; null where it is not that. */
        public static @Nullable Ids parse(String text) {
            List<Integer> ids = new ArrayList<>();
            for (String word : Lines.split(text + ":", ':')) {
                int id = number(word);
                if (id == NONE) {
                    return null;
                }
                ids.add(id);
            }
            return ids.size() < 2 ? null : new Ids(ids.get(0), ids.subList(1, ids.size()));
        }
    }

    private record User(
            String name,
            int userId,
            int groupId,
            String home,
            @Nullable String shell) {}

    /**
     * Resolves {@code name}, {@code uid}, {@code name:group} or {@code uid:gid}. A number needs no entry; its group is then
     * 0, as with Docker's USER.
     *
     * @param extraGroups supplementary groups by name or number in place of those of /etc/group; or null
     */
    public Identity identify(String spec, @Nullable List<String> extraGroups) throws LaunchException {
        int colon = spec.indexOf(':');
        User user = user(colon < 0 ? spec : spec.substring(0, colon));
        int groupId = colon < 0 ? user.groupId() : groupId(spec.substring(colon + 1));
        Set<Integer> groups = new LinkedHashSet<>();
        groups.add(groupId);
        if (extraGroups != null) {
            addIds(groups, extraGroups);
        } else {
            addMemberships(groups, user.name());
        }
        return new Identity(user.name(), user.userId(), groupId, new ArrayList<>(groups), user.home(), user.shell());
    }

    /** The numbers of groups that are given by name or number. */
    public List<Integer> groupIds(List<String> groups) throws LaunchException {
        Set<Integer> ids = new LinkedHashSet<>();
        addIds(ids, groups);
        return new ArrayList<>(ids);
    }

    /** Adds groups that are given by name or number. */
    private void addIds(Set<Integer> ids, List<String> groups) throws LaunchException {
        Map<String, List<String>> entries = null;
        for (String group : groups) {
            int id = number(group);
            if (id == NONE) {
                // Looked for once for all, and for numbers not at all.
                entries = entries == null ? groups(new HashSet<>(groups)) : entries;
                id = checked(entries.get(group), group);
            }
            ids.add(id);
        }
        if (ids.size() > MOST_GROUPS) {
            throw new LaunchException("there are " + ids.size() + " groups, and Linux takes at most " + MOST_GROUPS);
        }
    }

    /** The user of that very name, with its primary group alone; null where there is none. */
    public @Nullable Ids named(String name) {
        List<String> entry = userEntry(name);
        if (entry == null) {
            return null;
        }
        int userId = number(entry.get(2));
        int groupId = number(entry.get(3));
        return userId == NONE || groupId == NONE ? null : new Ids(userId, List.of(groupId));
    }

    /** Likewise, with the supplementary groups of /etc/group too. */
    public @Nullable Ids namedWithMemberships(String name) {
        Ids ids = named(name);
        if (ids == null) {
            return null;
        }
        Set<Integer> groups = new LinkedHashSet<>();
        groups.add(ids.groups().get(0));
        addMemberships(groups, name);
        return new Ids(ids.userId(), new ArrayList<>(groups));
    }

    /** {@code user[:group[:group…]]}, all by their very names, with these groups alone; null where one is not there. */
    public @Nullable Ids namedWithGroups(String spec) {
        List<String> names = Lines.split(spec + ":", ':');
        Ids user = named(names.get(0));
        if (user == null || names.size() == 1) {
            return user;
        }
        List<Integer> groups = new ArrayList<>();
        for (String name : names.subList(1, names.size())) {
            List<String> entry = groupEntry(name);
            int id = entry == null ? NONE : number(entry.get(2));
            if (id == NONE) {
                return null;
            }
            groups.add(id);
        }
        return new Ids(user.userId(), groups);
    }

    /** The fields of the first line of a file with this word as a field, or null. */
    private @Nullable List<String> entry(String file, int field, String word, int leastFields) {
        byte[] sought = RawText.encode(word);
        AccountLines lines = new AccountLines(sys, file);
        while (lines.next(field, ':', sought)) {
            List<String> fields = lines.fields();
            if (fields.size() >= leastFields) {
                return fields;
            }
        }
        return null;
    }

    private @Nullable List<String> groupEntry(String name) {
        return entry(GROUP, 0, name, GROUP_FIELDS);
    }

    private @Nullable List<String> userEntry(String name) {
        return entry(PASSWD, 0, name, PASSWD_FIELDS);
    }

    /** By name: the fields of the first lines of these groups, found in one pass, as both may be thousands. */
    private Map<String, List<String>> groups(Set<String> names) {
        Map<String, List<String>> entries = new HashMap<>();
        AccountLines lines = new AccountLines(sys, GROUP);
        while (lines.next(AccountLines.ANY, ':', new byte[0])) {
            String name = lines.name();
            List<String> fields = names.contains(name) ? lines.fields() : List.of();
            if (fields.size() >= GROUP_FIELDS) {
                entries.putIfAbsent(name, fields);
            }
        }
        return entries;
    }

    /** As setgroups(2) takes them. */
    public static int[] numbers(List<Integer> list) {
        int[] numbers = new int[list.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = list.get(i);
        }
        return numbers;
    }

    /** The number of a group that is given by name or number. */
    public int groupId(String group) throws LaunchException {
        int number = number(group);
        return number != NONE ? number : checked(groupEntry(group), group);
    }

    private static int checked(@Nullable List<String> entry, String group) throws LaunchException {
        if (entry == null) {
            throw new LaunchException(unknown("group", group, GROUP));
        }
        return checked(number(entry.get(2)), GROUP, group);
    }

    private User user(String user) throws LaunchException {
        int wanted = number(user);
        List<String> fields = userEntry(user);
        if (fields == null && wanted != NONE) {
            fields = entry(PASSWD, AccountLines.NUMBER, text(wanted), PASSWD_FIELDS);
        }
        if (fields != null) {
            int userId = checked(number(fields.get(2)), PASSWD, user);
            int groupId = checked(number(fields.get(3)), PASSWD, user);
            return new User(fields.get(0), userId, groupId, fields.get(5), fields.size() > 6 ? fields.get(6) : null);
        }
        if (wanted == NONE) {
            throw new LaunchException(unknown("user", user, PASSWD));
        }
        return new User(user, wanted, 0, "/", null);
    }

    private static String unknown(String kind, String name, String file) {
        return Ascii.isNumber(name)
                ? name + " is not a valid " + kind + " id: ids go from 0 to " + LARGEST
                : "there is no " + kind + " " + name + " in " + file;
    }

    private void addMemberships(Set<Integer> groups, String user) {
        byte[] sought = RawText.encode(user);
        AccountLines lines = new AccountLines(sys, GROUP);
        while (!user.isEmpty() && lines.next(3, ',', sought)) {
            int id = number(lines.fields().get(2));
            if (id != NONE) {
                groups.add(id);
            }
        }
    }

    private static int checked(int number, String file, String name) throws LaunchException {
        if (number == NONE) {
            throw new LaunchException("the entry of " + name + " in " + file + " has no number where one is expected");
        }
        return number;
    }

    /** The number that {@code text} is, as the bits of an int: 0 to 4294967294; or {@link #NONE}. */
    private static int number(String text) {
        long number = text.isEmpty() ? LARGEST + 1 : 0;
        for (int i = 0; i < text.length() && number <= LARGEST; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return NONE;
            }
            number = number * 10 + (c - '0');
        }
        return number > LARGEST ? NONE : (int) number;
    }

    /** The digits of a user's or group's number. */
    public static String text(int id) {
        return Long.toString(id & 0xffff_ffffL);
    }
}
