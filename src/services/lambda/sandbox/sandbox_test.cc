#include "services/lambda/sandbox/sandbox.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <string_view>

#include "services/lambda/sandbox/first_process.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::lambda::sandbox {
namespace {

namespace fs = std::filesystem;

bool is_ready(int descriptor) {
  constexpr int patience_ms = 30'000;
  pollfd wanted{.fd = descriptor, .events = POLLIN, .revents = 0};
  return poll(&wanted, 1, patience_ms) > 0;
}

class Scratch {
 public:
  fs::path file(const std::string& name, std::string_view text) const {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  const fs::path& path() const { return folder_.path(); }

 private:
  TemporaryFolder folder_;
};

struct Ended {
  std::string output;
  std::string ending;
};

class SandboxTest : public testing::Test {
 protected:
  SandboxTest() { fs::create_directories(scratch.path() / "task"); }

  std::unique_ptr<Child> begin(const std::string& script) {
    orders.command = {"/bin/sh", "-c", script};
    return begin_orders();
  }
  std::unique_ptr<Child> begin_python(const std::string& script) {
    orders.command = {"/usr/bin/python3", "-c", script};
    return begin_orders();
  }
  std::unique_ptr<Child> begin_orders() {
    auto child = sandbox.start(orders, {{scratch.path() / "task", "/var/task"}});
    if (!child) throw std::runtime_error(child.error().cause);
    return *std::move(child);
  }

  // All it writes, until it has ended.
  static Ended finish(Child& child) {
    Ended ended;
    std::array<char, 4096> space{};
    while (is_ready(child.output().number())) {
      const auto size = read(child.output().number(), space.data(), space.size());
      if (size <= 0) break;
      ended.output.append(space.data(), static_cast<std::size_t>(size));
    }
    if (is_ready(child.watch().number())) ended.ending = child.ending().value_or("still runs");
    return ended;
  }
  Ended ran(const std::string& script) {
    const auto child = begin(script);
    return finish(*child);
  }
  Ended ran_python(const std::string& script) {
    const auto child = begin_python(script);
    return finish(*child);
  }

  Scratch scratch;
  Sandbox sandbox{Settings{}};
  Orders orders;
};

using ASandbox = SandboxTest;

TEST_F(ASandbox, works_on_this_machine) {
  const auto works = sandbox.check();
  EXPECT_TRUE(works) << works.error().cause;
}

TEST_F(ASandbox, says_why_it_does_not_work) {
  Sandbox without({.bubblewrap = "/nowhere/bwrap"});
  const auto works = without.check();
  ASSERT_FALSE(works);
  EXPECT_NE(works.error().cause.find("package bubblewrap"), std::string::npos);
  Sandbox broken({.bubblewrap = "/usr/bin/false"});
  EXPECT_FALSE(broken.check());
}

TEST_F(ASandbox, runs_a_program_and_tells_how_it_ended) {
  const auto fine = ran("echo out; echo err >&2; exit 3");
  EXPECT_EQ(fine.output, "out\nerr\n");
  EXPECT_EQ(fine.ending, "exit status: 3");
  EXPECT_EQ(ran("kill -9 $$").ending, "signal: killed");
}

TEST_F(ASandbox, says_what_kept_the_program_from_running) {
  orders.command = {"/var/task/bootstrap"};
  const auto child = sandbox.start(orders, {{scratch.path() / "task", "/var/task"}});
  ASSERT_FALSE(child);
  EXPECT_EQ(child.error().cause, "run /var/task/bootstrap: No such file or directory");
}

TEST_F(ASandbox, shows_code_read_only_to_whoever_may_see_it_outside) {
  const auto file = scratch.file("task/code.txt", "the code\n");
  fs::permissions(scratch.path(), fs::perms::owner_all);
  EXPECT_EQ(ran("cat /var/task/code.txt").output, "the code\n");
  const auto changed = ran("echo x > /var/task/code.txt || echo x > /var/task/more || echo no");
  EXPECT_TRUE(changed.output.ends_with("no\n")) << changed.output;
}

TEST_F(ASandbox, has_the_environment_of_its_orders_and_no_other) {
  setenv("EVERSEAL_TEST_SECRET", "outside", 1);
  orders.environment = {"INSIDE=yes"};
  const auto shown = ran("tr '\\0' '\\n' < /proc/self/environ");
  EXPECT_EQ(shown.output, "INSIDE=yes\n");
  unsetenv("EVERSEAL_TEST_SECRET");
}

TEST_F(ASandbox, has_a_tmp_of_its_own_that_is_full_at_its_limit) {
  const auto file = scratch.file("secret", "outside");
  EXPECT_EQ(ran("ls -A /tmp").output, "");
  orders.limits.temporary_bytes = 1 << 20;
  const auto filled =
      ran("head -c 3000000 /dev/zero > /tmp/a; head -c 3000000 /dev/zero > /tmp/b; "
          "cat /tmp/a /tmp/b | wc -c");
  EXPECT_LE(
      std::stol(filled.output.substr(filled.output.rfind('\n', filled.output.size() - 2) + 1)),
      1 << 20)
      << filled.output;
}

TEST_F(ASandbox, can_write_nowhere_else) {
  const auto tried =
      ran("for folder in / /dev /dev/shm /usr /etc /run /run/everseal /proc /var /var/task; do "
          "echo x > $folder/x && echo \"wrote $folder\"; done 2>/dev/null; true");
  EXPECT_EQ(tried.output, "");
}

TEST_F(ASandbox, cannot_read_the_data_of_the_server) {
  const auto key = scratch.file("data/master.key", "the master key");
  const auto other = scratch.file("data/functions/other/code.py", "another function");
  const auto tried =
      ran("cat " + key.string() + " " + other.string() + " /proc/1/root" + key.string() +
          " /root/.bashrc /etc/shadow; ls /home /root /var/lib /work");
  EXPECT_EQ(tried.output.find("the master key"), std::string::npos);
  EXPECT_EQ(tried.output.find("another function"), std::string::npos);
  EXPECT_EQ(ran("ls /var; ls -d /home /root /work /boot /srv 2>/dev/null").output, "task\n");
}

// One that everybody may look into and that holds something.
fs::path some_folder_below_usr() {
  for (const auto& entry : fs::directory_iterator("/usr/share")) {
    if (entry.is_directory() && !entry.is_symlink() && !fs::is_empty(entry)) return entry;
  }
  throw std::runtime_error("/usr/share is empty");
}

TEST_F(ASandbox, does_not_show_a_hidden_folder_below_usr) {
  const auto folder = some_folder_below_usr();
  const auto list = "ls -A " + folder.string();
  EXPECT_NE(ran(list).output, "");
  Sandbox hiding({.hidden = {folder}});
  const auto child = hiding.start(orders, {});
  ASSERT_TRUE(child) << child.error().cause;
  const auto shown = finish(**child);
  EXPECT_EQ(shown.output, "");
  EXPECT_EQ(shown.ending, "exit status: 0");
}

TEST_F(ASandbox, sees_no_process_but_its_own) {
  const auto server = std::to_string(getpid());
  const auto seen = ran_python("import os; print([p for p in os.listdir('/proc') if p.isdigit()])");
  EXPECT_EQ(seen.output, "['1', '2']\n");  // bubblewrap and python
  EXPECT_EQ(ran("kill -9 " + server + " 2>/dev/null || echo no such process").output,
            "no such process\n");
  EXPECT_EQ(ran("kill -9 1; echo $?").output, "0\n");  // the kernel ignores it
}

TEST_F(ASandbox, has_no_network) {
  const Descriptor server(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(server.number(), reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(server.number(), 8), 0);
  getsockname(server.number(), reinterpret_cast<sockaddr*>(&address), &size);
  const auto port = std::to_string(ntohs(address.sin_port));
  const auto tried = ran_python(
      "import socket, errno\n"
      "for where in (('127.0.0.1', " +
      port +
      "), ('1.1.1.1', 53), ('169.254.169.254', 80)):\n"
      "  try: socket.create_connection(where, 2); print('connected')\n"
      "  except OSError as e: print(errno.errorcode[e.errno])\n"
      "for family in (socket.AF_PACKET, socket.AF_NETLINK, 38):\n"
      "  try: socket.socket(family, socket.SOCK_RAW); print('made')\n"
      "  except OSError as e: print(errno.errorcode[e.errno])\n");
  EXPECT_EQ(tried.output,
            "ECONNREFUSED\nENETUNREACH\nENETUNREACH\n"
            "EAFNOSUPPORT\nEAFNOSUPPORT\nEAFNOSUPPORT\n");
}

// A socket of this test under a name that is no file.
Descriptor named(const std::string& name) {
  Descriptor made(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  name.copy(address.sun_path + 1, sizeof address.sun_path - 1);
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + name.size());
  EXPECT_EQ(bind(made.number(), reinterpret_cast<const sockaddr*>(&address), size), 0);
  return made;
}

TEST_F(ASandbox, with_the_network_reaches_no_socket_by_a_name_that_is_no_file) {
  const auto name = "everseal-test-" + std::to_string(getpid());
  const auto server = named(name);
  orders.command = {
      "/usr/bin/python3", "-c",
      "import socket, errno\n"
      "unix, datagram = socket.AF_UNIX, socket.SOCK_DGRAM\n"
      "name = '\\0" +
          name +
          "'\n"
          "def joined(kind):\n"
          "  one, other = socket.socketpair(unix, kind)\n"
          "  return one.send(b'x')\n"
          "def tried(how):\n"
          "  try: return how()\n"
          "  except OSError as e: return errno.errorcode[e.errno]\n"
          "print(tried(lambda: socket.socket(unix, datagram).sendto(b'x', name)),\n"
          "      tried(lambda: socket.socketpair(unix, datagram)[0].sendto(b'x', name)),\n"
          "      tried(lambda: socket.socketpair(unix, datagram | "
          "socket.SOCK_NONBLOCK)[0].sendto(b'x', name)),\n"
          "      tried(lambda: joined(socket.SOCK_STREAM)),\n"
          "      tried(lambda: joined(socket.SOCK_SEQPACKET)))\n"};
  for (const bool network : {true, false}) {
    for (const bool is_watched : {false, true}) {
      Sandbox its({.network = network});
      std::vector<std::string> told;
      const auto tell = [&](const Refusal& refusal) { told.push_back(refusal.what); };
      const auto child = its.start(orders, {}, is_watched ? TellRefusal(tell) : TellRefusal());
      ASSERT_TRUE(child) << child.error().cause;
      EXPECT_EQ(finish(**child).output, network ? "EAFNOSUPPORT EAFNOSUPPORT EAFNOSUPPORT 1 1\n"
                                                : "ECONNREFUSED ECONNREFUSED ECONNREFUSED 1 1\n");
      EXPECT_EQ(told, std::vector<std::string>());
      char octet = 0;
      EXPECT_LT(recv(server.number(), &octet, 1, 0), 0);
    }
  }
}

TEST_F(ASandbox, reaches_the_ports_that_the_world_outside_answers) {
  orders.ports = {9001, 4566};
  const auto child = begin_python(
      "import socket\n"
      "for port in (9001, 4566):\n"
      "  print(socket.create_connection(('127.0.0.1', port)).recv(100).decode(), flush=True)\n");
  ASSERT_EQ(child->listening().size(), 2U);
  for (const auto& [listening, word] : {std::pair(0, "first"), std::pair(1, "second")}) {
    const int socket = child->listening()[static_cast<std::size_t>(listening)].number();
    ASSERT_TRUE(is_ready(socket));
    const Descriptor connection(accept(socket, nullptr, nullptr));
    ASSERT_TRUE(connection.is_open());
    EXPECT_GT(send(connection.number(), word, std::string_view(word).size(), MSG_NOSIGNAL), 0);
  }
  EXPECT_EQ(finish(*child).output, "first\nsecond\n");
}

TEST_F(ASandbox, runs_on_as_many_processors_as_it_may_and_no_other) {
  orders.limits.cpus = 1;
  const auto tried = ran_python(
      "import os\n"
      "print(len(os.sched_getaffinity(0)))\n"
      "try: os.sched_setaffinity(0, range(os.cpu_count())); print('taken')\n"
      "except PermissionError: print('refused')\n"
      "print(len(os.sched_getaffinity(0)))\n");
  EXPECT_EQ(tried.output, "1\nrefused\n1\n");
  orders.limits.cpus = 1024;
  cpu_set_t all;
  ASSERT_EQ(sched_getaffinity(0, sizeof all, &all), 0);
  EXPECT_EQ(ran("nproc").output, std::to_string(CPU_COUNT(&all)) + "\n");
}

TEST_F(ASandbox, has_no_descriptor_of_the_server) {
  const auto secret = scratch.file("secret", "outside");
  const Descriptor open_secret(open(secret.c_str(), O_RDONLY));          // without O_CLOEXEC
  EXPECT_EQ(ran("ls /proc/self/fd | tr '\\n' ' '").output, "0 1 2 3 ");  // 3 is that of ls
}

TEST_F(ASandbox, has_no_rights_to_gain) {
  const auto status = ran("grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status");
  EXPECT_EQ(status.output,
            "CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n");
  EXPECT_EQ(ran("unshare -U true 2>/dev/null || unshare -m true 2>/dev/null || echo no").output,
            "no\n");
  EXPECT_EQ(ran("mount -t tmpfs none /tmp 2>/dev/null || echo no").output, "no\n");
  const auto traced = ran_python(
      "import ctypes\n"
      "c = ctypes.CDLL(None, use_errno=True)\n"
      "print(c.ptrace(16, 1, 0, 0), c.memfd_create(b'x', 0), c.syscall(425, 8, 0))\n");
  EXPECT_EQ(traced.output, "-1 -1 -1\n");
}

TEST_F(ASandbox, holds_a_fork_bomb) {
  orders.limits.processes = 20;
  const auto bomb = ran_python(
      "import os, time\n"
      "made = 0\n"
      "try:\n"
      "  for _ in range(1000):\n"
      "    if os.fork() == 0: time.sleep(600); os._exit(0)\n"
      "    made += 1\n"
      "except OSError as e: print(e.errno, made < 20)\n");
  EXPECT_EQ(bomb.output, "11 True\n");
  EXPECT_EQ(bomb.ending, "exit status: 0");  // and the 600 seconds of the others are over
}

TEST_F(ASandbox, opens_no_more_files_than_it_may) {
  orders.limits.open_files = 64;
  const auto greedy = ran_python(
      "held = []\n"
      "try:\n"
      "  for _ in range(1000): held.append(open('/dev/null'))\n"
      "except OSError as e: print(e.errno, 32 < len(held) < 64)\n");
  EXPECT_EQ(greedy.output, "24 True\n");
}

TEST_F(ASandbox, lets_no_process_outlive_it) {
  const auto child = begin_python(
      "import os, signal, time\n"
      "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
      "for _ in range(3):\n"
      "  if os.fork() == 0:\n"
      "    os.setsid()\n"
      "    if os.fork() == 0: time.sleep(600)\n"
      "    os._exit(0)\n"
      "print('begun', flush=True)\n"
      "time.sleep(600)\n");
  ASSERT_TRUE(is_ready(child->output().number()));
  child->kill();
  // Every process held the pipe: its end says that they are gone.
  const auto ended = finish(*child);
  EXPECT_EQ(ended.output, "begun\n");
  EXPECT_EQ(ended.ending, "signal: killed");
}

TEST_F(ASandbox, tells_how_much_memory_it_holds) {
  const auto child = begin_python(
      "import mmap, os, threading, time\n"
      "def begin():\n"  // the child of a thread counts as well
      "  if os.fork() == 0:\n"
      "    shared = mmap.mmap(-1, 40 << 20); shared.write(b'x' * (40 << 20))\n"
      "    print('begun', flush=True); time.sleep(600)\n"
      "  os.wait()\n"
      "threading.Thread(target=begin).start()\n");
  ASSERT_TRUE(is_ready(child->output().number()));
  EXPECT_GT(child->memory_bytes(), 40LL << 20);
  EXPECT_LT(child->memory_bytes(), 200LL << 20);
}

TEST_F(ASandbox, gives_no_process_much_more_than_its_memory) {
  orders.limits.memory_bytes = 64LL << 20;
  const auto greedy = ran_python(
      "try:\n"
      "  taken = bytearray(2 << 30)\n"
      "  print('taken')\n"
      "except MemoryError: print('refused')\n");
  EXPECT_EQ(greedy.output, "refused\n");
}

TEST(TheOrders, are_read_as_they_were_written) {
  Orders orders;
  orders.command = {"/usr/bin/env", ""};
  orders.environment = {"A=b\nc"};
  orders.folder = "/var/task";
  orders.ports = {9001, 65535};
  orders.limits.processes = 7;
  orders.network = true;
  const auto read = Orders::parse(orders.text());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->command, orders.command);
  EXPECT_EQ(read->environment, orders.environment);
  EXPECT_EQ(read->ports, orders.ports);
  EXPECT_EQ(read->limits.processes, 7);
  EXPECT_TRUE(read->network);
  for (std::size_t size = 0; size < orders.text().size(); ++size) {
    EXPECT_FALSE(Orders::parse(orders.text().substr(0, size)));
  }
}

}  // namespace
}  // namespace everseal::lambda::sandbox
