#include "services/lambda/sandbox/system_calls.h"

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
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

constexpr std::uint32_t forbidden[] = {
    SYS_unshare,
    SYS_setns,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_open_tree,
    SYS_move_mount,
    SYS_fsopen,
    SYS_fsconfig,
    SYS_fsmount,
    SYS_fspick,
    SYS_mount_setattr,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_add_key,
    SYS_request_key,
    SYS_keyctl,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_io_uring_setup,
    SYS_io_uring_enter,
    SYS_io_uring_register,
    SYS_memfd_create,
    SYS_memfd_secret,
    SYS_shmget,
    SYS_msgget,
    SYS_semget,
    SYS_mq_open,
    SYS_kexec_load,
    SYS_init_module,
    SYS_finit_module,
    SYS_delete_module,
    SYS_swapon,
    SYS_reboot,
    SYS_acct,
    SYS_quotactl,
    SYS_name_to_handle_at,
    SYS_open_by_handle_at,
    SYS_fanotify_init,
    SYS_kcmp,
    SYS_pidfd_getfd,
    SYS_syslog,
    SYS_personality,
    SYS_migrate_pages,
    SYS_move_pages,
};

constexpr std::uint32_t refuse = SECCOMP_RET_ERRNO | EPERM;
constexpr std::uint32_t unknown = SECCOMP_RET_ERRNO | ENOSYS;

class Filter {
 public:
  void load(std::size_t offset) { add(BPF_LD | BPF_W | BPF_ABS, offset); }
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

  Outcome install() {
    const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) {
      return Fault::unavailable(std::string("seccomp: ") + std::strerror(errno));
    }
    return {};
  }

 private:
  void add(int code, std::size_t value) {
    code_.push_back({static_cast<std::uint16_t>(code), 0, 0, static_cast<std::uint32_t>(value)});
  }
  std::vector<sock_filter> code_;
};

constexpr std::size_t argument(std::size_t index) {  // its lower half, on little-endian machines
  return offsetof(seccomp_data, args) + index * sizeof(std::uint64_t);
}

void add_sockets(Filter& filter) {
  filter.skip_unless(BPF_JEQ, SYS_socket, 8);
  filter.load(argument(0));
  filter.if_equal_give(AF_UNIX, SECCOMP_RET_ALLOW);
  filter.if_equal_give(AF_INET, SECCOMP_RET_ALLOW);
  filter.if_equal_give(AF_INET6, SECCOMP_RET_ALLOW);
  filter.give(SECCOMP_RET_ERRNO | EAFNOSUPPORT);
}

// A user namespace gives its maker all capabilities in it, and with them the kernel's holes.
void add_clones(Filter& filter) {
  filter.if_equal_give(SYS_clone3, unknown);  // its flags cannot be seen; libc then uses clone
  filter.skip_unless(BPF_JEQ, SYS_clone, 4);
  filter.load(argument(0));
  filter.skip_unless(BPF_JSET, CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET | CLONE_NEWPID, 1);
  filter.give(refuse);
  filter.give(SECCOMP_RET_ALLOW);
}

}  // namespace

Outcome forbid_system_calls() {
  if (machine == 0) return Fault::unavailable("seccomp: the filter knows x86-64 and AArch64 only");
  Filter filter;
  filter.load(offsetof(seccomp_data, arch));
  filter.skip_if_equal(machine, 1);
  filter.give(SECCOMP_RET_KILL_PROCESS);
  filter.load(offsetof(seccomp_data, nr));
  filter.skip_unless(BPF_JGE, first_foreign_call, 1);
  filter.give(unknown);
  for (const auto call : forbidden) filter.if_equal_give(call, refuse);
  add_clones(filter);
  add_sockets(filter);
  filter.give(SECCOMP_RET_ALLOW);
  return filter.install();
}

}  // namespace everseal::lambda::sandbox
