#include "services/lambda/sandbox/system_calls.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace everseal::lambda::sandbox {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t machine = AUDIT_ARCH_X86_64;
constexpr std::uint32_t first_foreign_call = 0x40000000;  // of x32, another way to the same calls
#elif defined(__aarch64__)
constexpr std::uint32_t machine = AUDIT_ARCH_AARCH64;
constexpr std::uint32_t first_foreign_call = 0xffffffff;
#else
constexpr std::uint32_t machine = 0;
constexpr std::uint32_t first_foreign_call = 0;
#endif

struct Call {
  std::uint32_t number;
  std::string_view name;
};

// No program tries these by chance.
constexpr Call forbidden[] = {
    {SYS_unshare, "unshare"},
    {SYS_setns, "setns"},
    {SYS_mount, "mount"},
    {SYS_umount2, "umount2"},
    {SYS_pivot_root, "pivot_root"},
    {SYS_chroot, "chroot"},
    {SYS_open_tree, "open_tree"},
    {SYS_move_mount, "move_mount"},
    {SYS_fsopen, "fsopen"},
    {SYS_fsconfig, "fsconfig"},
    {SYS_fsmount, "fsmount"},
    {SYS_fspick, "fspick"},
    {SYS_mount_setattr, "mount_setattr"},
    {SYS_ptrace, "ptrace"},
    {SYS_process_vm_readv, "process_vm_readv"},
    {SYS_process_vm_writev, "process_vm_writev"},
    {SYS_add_key, "add_key"},
    {SYS_request_key, "request_key"},
    {SYS_keyctl, "keyctl"},
    {SYS_bpf, "bpf"},
    {SYS_perf_event_open, "perf_event_open"},
    {SYS_userfaultfd, "userfaultfd"},
    {SYS_kexec_load, "kexec_load"},
    {SYS_init_module, "init_module"},
    {SYS_finit_module, "finit_module"},
    {SYS_delete_module, "delete_module"},
    {SYS_swapon, "swapon"},
    {SYS_reboot, "reboot"},
    {SYS_acct, "acct"},
    {SYS_open_by_handle_at, "open_by_handle_at"},
    {SYS_fanotify_init, "fanotify_init"},
    {SYS_pidfd_getfd, "pidfd_getfd"},
    {SYS_syslog, "syslog"},
};

// Libraries try these, and go on without.
constexpr std::uint32_t unavailable[] = {
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_memfd_create,
    SYS_memfd_secret,
    SYS_shmget,
    SYS_msgget,
    SYS_semget,
    SYS_mq_open,
    SYS_quotactl,
    SYS_name_to_handle_at,
    SYS_kcmp,
    SYS_personality,
    SYS_migrate_pages,
    SYS_sched_setaffinity,
    SYS_move_pages,
};

// How a file is opened, a connection begun, a process made: watched where somebody watches.
constexpr std::uint32_t watched[] = {
    SYS_openat, SYS_openat2, SYS_connect,
#if defined(__x86_64__)
    SYS_open,   SYS_fork,    SYS_vfork,
#endif
};

constexpr unsigned long namespaces = CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID;

constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t unknown = SECCOMP_RET_ERRNO | ENOSYS;

class Filter {
 public:
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, offset); }
  void keep(std::uint32_t bits) { add(BPF_ALU | BPF_AND | BPF_K, bits); }
  void give(std::uint32_t action) { add(BPF_RET | BPF_K, action); }
  void if_equal_give(std::uint32_t value, std::uint32_t action) {
    skip_unless(BPF_JEQ, value, 1);
    give(action);
  }
  // Leaves out the next `count` instructions unless the comparison holds.
  void skip_unless(std::uint16_t comparison, std::uint32_t value, std::uint8_t count) {
    code_.push_back({static_cast<std::uint16_t>(BPF_JMP | comparison | BPF_K), 0, count, value});
  }

  void skip_if_equal(std::uint32_t value, std::uint8_t count) {
    code_.push_back({static_cast<std::uint16_t>(BPF_JMP | BPF_JEQ | BPF_K), count, 0, value});
  }

  // The descriptor by which it asks, if it does.
  Result<Descriptor> install(unsigned long flags) {
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    long made = -1;
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0) {
      made = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &program);
    }
    if (made < 0) return Fault::unavailable(std::string("seccomp: ") + std::strerror(errno));
    return made == 0 ? Descriptor() : Descriptor(static_cast<int>(made));
  }

 private:
  void add(int code, std::size_t value) {
    code_.push_back({static_cast<std::uint16_t>(code), 0, 0, static_cast<std::uint32_t>(value)});
  }
  std::vector<sock_filter> code_;
};

// The lower half of an argument, on little-endian machines, and the upper.
constexpr std::size_t argument(std::size_t index) {
  return offsetof(seccomp_data, args) + index * sizeof(std::uint64_t);
}
constexpr std::size_t upper_half(std::size_t index) {
  return argument(index) + sizeof(std::uint32_t);
}

// What becomes of calls that are refused, and of those that are let through.
struct Actions {
  std::uint32_t refused = refuse;
  std::uint32_t no_socket = SECCOMP_RET_ERRNO | EAFNOSUPPORT;
  std::uint32_t watched = SECCOMP_RET_ALLOW;
};
constexpr Actions asking{SECCOMP_RET_USER_NOTIF, SECCOMP_RET_USER_NOTIF, SECCOMP_RET_USER_NOTIF};

void add_sockets(Filter& filter, const Actions& actions, bool network) {
  filter.skip_unless(BPF_JEQ, SYS_socket, 8);
  filter.load(argument(0));
  filter.if_equal_give(AF_UNIX, network ? actions.no_socket : SECCOMP_RET_ALLOW);
  filter.if_equal_give(AF_INET, SECCOMP_RET_ALLOW);
  filter.if_equal_give(AF_INET6, SECCOMP_RET_ALLOW);
  filter.give(actions.no_socket);
}

// One of a pair of datagrams sends to whoever has a name. Pairs of other families there are none.
void add_pairs(Filter& filter) {
  constexpr std::size_t type = 1;
  constexpr std::uint32_t kinds = 0xf;  // the rest are SOCK_CLOEXEC and SOCK_NONBLOCK
  filter.skip_unless(BPF_JEQ, SYS_socketpair, 7);
  filter.load(argument(type));
  filter.keep(kinds);
  filter.if_equal_give(SOCK_STREAM, SECCOMP_RET_ALLOW);
  filter.if_equal_give(SOCK_SEQPACKET, SECCOMP_RET_ALLOW);
  filter.give(SECCOMP_RET_ERRNO | EAFNOSUPPORT);
}

// A datagram that names its receiver.
void add_datagrams(Filter& filter, const Actions& actions) {
  constexpr std::size_t receiver = 4;
  filter.skip_unless(BPF_JEQ, SYS_sendto, 7);
  filter.load(argument(receiver));
  filter.skip_if_equal(0, 1);
  filter.give(actions.watched);
  filter.load(upper_half(receiver));
  filter.if_equal_give(0, SECCOMP_RET_ALLOW);
  filter.give(actions.watched);
}

// A user namespace gives its maker all capabilities in it, and with them the kernel's holes.
void add_clones(Filter& filter, const Actions& actions) {
  filter.if_equal_give(SYS_clone3, unknown);  // its flags cannot be seen; libc then uses clone
  filter.skip_unless(BPF_JEQ, SYS_clone, 4);
  filter.load(argument(0));
  filter.skip_unless(BPF_JSET, namespaces, 1);
  filter.give(actions.refused);
  filter.give(actions.watched);
}

Filter filter_of(const Actions& actions, bool network) {
  Filter filter;
  filter.load(offsetof(seccomp_data, arch));
  filter.skip_if_equal(machine, 1);
  filter.give(SECCOMP_RET_KILL_PROCESS);
  filter.load(offsetof(seccomp_data, nr));
  filter.skip_unless(BPF_JGE, first_foreign_call, 1);
  filter.give(unknown);
  for (const auto& call : forbidden) filter.if_equal_give(call.number, actions.refused);
  for (const auto call : unavailable) filter.if_equal_give(call, refuse);
  for (const auto call : watched) filter.if_equal_give(call, actions.watched);
  add_clones(filter, actions);
  add_sockets(filter, actions, network);
  if (network) add_pairs(filter);
  add_datagrams(filter, actions);
  filter.give(SECCOMP_RET_ALLOW);
  return filter;
}

Fault unknown_machine() {
  return Fault::unavailable("seccomp: the filter knows x86-64 and AArch64 only");
}

}  // namespace

Outcome forbid_system_calls(bool network) {
  if (machine == 0) return unknown_machine();
  const auto installed = filter_of({}, network).install(0);
  if (!installed) return installed.error();
  return {};
}

Result<Descriptor> forbid_system_calls_watched(bool network) {
  if (machine == 0) return unknown_machine();
  auto filter = filter_of(asking, network);
  // A call that somebody looks at is not interrupted by signals, where the kernel can do that.
  constexpr unsigned long patient = 1UL << 5;  // SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV, Linux 5.19
  auto installed = filter.install(SECCOMP_FILTER_FLAG_NEW_LISTENER | patient);
  return installed ? std::move(installed) : filter.install(SECCOMP_FILTER_FLAG_NEW_LISTENER);
}

std::string_view forbidden_call(int number) {
  const auto* const found =
      std::ranges::find(forbidden, static_cast<std::uint32_t>(number), &Call::number);
  return found == std::end(forbidden) ? std::string_view() : found->name;
}

bool asks_for_namespace(unsigned long clone_flags) { return (clone_flags & namespaces) != 0; }

}  // namespace everseal::lambda::sandbox
