#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "services/lambda/sandbox/sandbox.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::lambda::sandbox {
namespace {

class WatchTest : public testing::Test {
 protected:
  WatchTest() { std::ofstream(folder / "master.key") << "the master key"; }

  // What it writes, to its end.
  std::string ran(const std::string& script) {
    orders.command = {"/usr/bin/python3", "-c", script};
    const auto child = sandbox.start(orders, {}, [this](const Refusal& refusal) {
      const std::lock_guard lock(mutex);
      told.push_back(std::string(name_of(refusal.attempt)) + " " + refusal.what);
    });
    if (!child) throw std::runtime_error(child.error().cause);
    std::string output;
    std::array<char, 4096> space{};
    pollfd wanted{.fd = (*child)->output().number(), .events = POLLIN, .revents = 0};
    constexpr int patience_ms = 30'000;
    while (poll(&wanted, 1, patience_ms) > 0) {
      const auto size = read(wanted.fd, space.data(), space.size());
      if (size <= 0) break;
      output.append(space.data(), static_cast<std::size_t>(size));
    }
    return output;
  }
  using Lines = std::vector<std::string>;

  TemporaryFolder folder;
  std::mutex mutex;
  Lines told;
  Sandbox sandbox{Settings{.hidden = {folder.path()}}};
  Orders orders;
};

using TheWatch = WatchTest;

TEST_F(TheWatch, says_nothing_of_a_function_that_does_what_functions_do) {
  EXPECT_EQ(ran("import json, os, socket, subprocess, threading, tempfile\n"
                "subprocess.run(['/bin/ls', '/usr'], stdout=subprocess.DEVNULL)\n"
                "t = threading.Thread(target=print, args=('a thread',)); t.start(); t.join()\n"
                "tempfile.TemporaryFile().write(b'x')\n"
                "open('/proc/self/status').read(); open(f'/proc/{os.getpid()}/stat').read()\n"
                "s = socket.create_server(('127.0.0.1', 5432))\n"
                "socket.create_connection(('127.0.0.1', 5432))\n"
                "print('done')\n"),
            "a thread\ndone\n");
  EXPECT_EQ(told, Lines());
}

TEST_F(TheWatch, tells_which_file_of_the_server_was_asked_for) {
  const auto key = (folder / "master.key").string();
  EXPECT_EQ(
      ran("import os\n"
          "def look(path, **more):\n"
          "  try: os.open(path, os.O_RDONLY, **more); print('opened')\n"
          "  except OSError as e: print(e.errno)\n"
          "look('" +
          key + "'); os.chdir('/usr'); look('.." + key + "')\n" + "look('../" + key +
          "', dir_fd=os.open('/usr', os.O_RDONLY))\n" + "look('/etc/shadow'); look('/usr/lib')\n"),
      "2\n2\n2\n2\nopened\n");
  EXPECT_EQ(told, (Lines{"file " + key, "file " + key, "file " + key, "file /etc/shadow"}));
}

TEST_F(TheWatch, tells_of_a_look_into_other_processes) {
  const auto server = "/proc/" + std::to_string(getpid()) + "/environ";
  EXPECT_EQ(ran("for path in ('" + server +
                "', '/proc/1/root/etc/hostname', '/proc/1/stat'):\n"
                "  try: open(path).read(); print('read')\n"
                "  except OSError: print('refused')\n"),
            "refused\nrefused\nread\n");
  EXPECT_EQ(told, (Lines{"process " + server, "process /proc/1/root/etc/hostname"}));
}

TEST_F(TheWatch, tells_of_addresses_outside) {
  EXPECT_EQ(ran("import socket, errno\n"
                "def reach(family, how):\n"
                "  try: how(socket.socket(*family)); print('reached')\n"
                "  except OSError as e: print(errno.errorcode[e.errno])\n"
                "tcp, udp = (socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET, "
                "socket.SOCK_DGRAM)\n"
                "reach(tcp, lambda s: s.connect(('192.0.2.1', 443)))\n"
                "reach(udp, lambda s: s.sendto(b'x', ('192.0.2.2', 53)))\n"
                "reach((socket.AF_INET6, socket.SOCK_STREAM), lambda s: s.connect(('2001:db8::1', "
                "443)))\n"
                "reach((socket.AF_PACKET, socket.SOCK_RAW), print)\n"),
            "ENETUNREACH\nENETUNREACH\nENETUNREACH\nEAFNOSUPPORT\n");
  EXPECT_EQ(told, (Lines{"network 192.0.2.1:443", "network 192.0.2.2:53",
                         "network [2001:db8::1]:443", "system_call socket of family 17"}));
}

TEST_F(TheWatch, tells_of_system_calls_that_no_function_needs) {
  EXPECT_EQ(ran("import ctypes, os\n"
                "c = ctypes.CDLL(None, use_errno=True)\n"
                "print(c.ptrace(16, 1, 0, 0), ctypes.get_errno())\n"
                "print(c.unshare(0x10000000), c.mount(b'a', b'/tmp', b'tmpfs', 0, 0))\n"
                "print(c.memfd_create(b'x', 0))\n"),  // which libraries try
            "-1 1\n-1 -1\n-1\n");
  EXPECT_EQ(told, (Lines{"system_call ptrace", "system_call unshare", "system_call mount"}));
}

TEST_F(TheWatch, tells_of_the_process_that_is_one_too_many) {
  orders.limits.processes = 12;
  EXPECT_EQ(ran("import os, time\n"
                "made = 0\n"
                "try:\n"
                "  while True:\n"
                "    if os.fork() == 0: time.sleep(600); os._exit(0)\n"
                "    made += 1\n"
                "except OSError as e: print(e.errno, made)\n"),
            "11 10\n");  // bubblewrap, and python
  EXPECT_EQ(told, Lines{"process_limit 12 processes and threads"});
}

TEST_F(TheWatch, counts_what_the_threads_of_a_process_began) {
  orders.limits.processes = 8;
  EXPECT_EQ(ran("import os, threading, time\n"
                "def bomb():\n"
                "  made = 0\n"
                "  try:\n"
                "    while True:\n"
                "      if os.fork() == 0: time.sleep(600); os._exit(0)\n"
                "      made += 1\n"
                "  except OSError as e: print(made, flush=True)\n"
                "t = threading.Thread(target=bomb); t.start(); t.join()\n"),
            "5\n");
  EXPECT_EQ(told, Lines{"process_limit 8 processes and threads"});
}

TEST_F(TheWatch, is_not_held_up_by_a_function_that_ends_while_it_asks) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(ran("import os, threading\n"
                  "def ask():\n"
                  "  while True: os.close(os.open('/usr', os.O_RDONLY))\n"
                  "for _ in range(4): threading.Thread(target=ask, daemon=True).start()\n"
                  "print('ends', flush=True); os._exit(0)\n"),
              "ends\n");
  }
  EXPECT_EQ(ran("open('/usr/bin/env'); print('goes on')"), "goes on\n");
}

TEST_F(TheWatch, leaves_a_call_alone_that_a_signal_comes_in_on) {
  EXPECT_EQ(ran("import os, signal\n"
                "signal.signal(signal.SIGALRM, lambda *_: None)\n"
                "signal.setitimer(signal.ITIMER_REAL, 0.001, 0.001)\n"
                "for _ in range(2000): os.close(os.open('/usr', os.O_RDONLY))\n"
                "signal.setitimer(signal.ITIMER_REAL, 0); print('done')\n"),
            "done\n");
}

}  // namespace
}  // namespace everseal::lambda::sandbox
