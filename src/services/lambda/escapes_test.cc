#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "services/lambda/operations/create_function.h"
#include "services/lambda/test_world.h"

namespace everseal::lambda {
namespace {

namespace fs = std::filesystem;

// What functions try and must not manage. Each attempt fails, and the server's log says of it.
class AnEscape : public LambdaTest {
 protected:
  AnEscape() {
    fs::create_directory(folder / "data");
    std::ofstream(folder / "data/master.key") << "the master key";
    std::ofstream(folder / "data/everseal.db") << "the database";
  }

  // What a function answers that consists of this, and may use `tried`: what became of a call.
  std::string tried(const std::string& body, std::int64_t megabytes = 256,
                    std::int64_t seconds = 60) {
    auto request = creation(zip_of("main.py",
                                   "import ctypes, errno, os, socket, time\n"
                                   "def tried(call, *arguments):\n"
                                   "  try: call(*arguments); return 'done'\n"
                                   "  except OSError as e: return errno.errorcode[e.errno]\n"
                                   "def handler(event, context):\n" +
                                       body));
    request.memory_size = megabytes;
    request.timeout = seconds;
    request.ephemeral_storage = shapes::EphemeralStorage{8};
    need(CreateFunction{*functions}(request, call));
    return answer();
  }
  // Whether a line of the server's log says so, with the function and the invocation.
  bool is_logged(std::string_view attempt, std::string_view what) const {
    const auto text = log_lines.text();
    for (std::size_t begin = 0; begin < text.size();) {
      const auto end = text.find('\n', begin);
      const auto line = std::string_view(text).substr(begin, end - begin);
      const auto says = [&](const std::string& part) { return line.find(part) != line.npos; };
      if (says("\"lambda.sandbox.refused\"") &&
          says("\"function\":\"" + std::string(demo_arn) + "\"") &&
          says("\"request_id\":\"request-1\"") &&
          says("\"attempt\":\"" + std::string(attempt) + "\"") &&
          says("\"what\":\"" + std::string(what) + "\"")) {
        return true;
      }
      begin = end + 1;
    }
    return false;
  }
};

TEST_F(AnEscape, into_the_data_directory_fails_and_is_logged) {
  const auto database = (folder / "data/everseal.db").string();
  EXPECT_EQ(tried("  return tried(open, '" + database + "')\n"), "\"ENOENT\"");
  EXPECT_TRUE(is_logged("file", database)) << log_lines.text();
}

TEST_F(AnEscape, to_the_master_key_fails_and_is_logged) {
  const auto key = (folder / "data/master.key").string();
  EXPECT_EQ(tried("  os.chdir('/tmp')\n  return tried(open, '..' + '" + key + "')\n"),
            "\"ENOENT\"");
  EXPECT_TRUE(is_logged("file", key)) << log_lines.text();
}

TEST_F(AnEscape, to_the_code_of_other_functions_fails_and_is_logged) {
  create(python("return 'the other one'"));
  EXPECT_EQ(answer(), "\"the other one\"");  // it waits, with its code unpacked
  const auto all = folder / "functions";
  std::string code;
  for (const auto& entry : fs::recursive_directory_iterator(all)) {
    if (entry.path().filename() == "main.py") code = entry.path().string();
  }
  ASSERT_FALSE(code.empty());
  auto request =
      creation(python("return [open('/var/task/main.py').read()[:9], "
                      "os.path.exists('" +
                      code + "'), os.open('" + code + "', 0)]"));
  request.function_name = "spy";
  need(CreateFunction{*functions}(request, call));
  Invoke::Request invocation;
  invocation.function_name = "spy";
  const auto ran = need(Invoke{*functions}(invocation, call));
  EXPECT_EQ(ran.function_error, "Unhandled");
  EXPECT_NE(to_text(*ran.payload).find("No such file or directory"), std::string::npos);
  EXPECT_NE(
      log_lines.text().find("function:spy\",\"request_id\":\"request-1\",\"attempt\":\"file\","
                            "\"what\":\"" +
                            code),
      std::string::npos)
      << log_lines.text();
}

TEST_F(AnEscape, into_proc_of_the_server_fails_and_is_logged) {
  const auto environment = "/proc/" + std::to_string(getpid()) + "/environ";
  EXPECT_EQ(tried("  return [tried(open, '" + environment +
                  "'), tried(open, '/proc/1/root/etc/hostname'), tried(os.kill, " +
                  std::to_string(getpid()) + ", 9)]\n"),
            R"(["ENOENT", "ENOENT", "ESRCH"])");
  EXPECT_TRUE(is_logged("process", environment)) << log_lines.text();
  EXPECT_TRUE(is_logged("process", "/proc/1/root/etc/hostname")) << log_lines.text();
}

TEST_F(AnEscape, to_the_network_fails_and_is_logged) {
  EXPECT_EQ(tried("  return [tried(socket.create_connection, ('192.0.2.1', 443)),\n"
                  "          tried(socket.socket().connect, ('169.254.169.254', 80)),\n"
                  "          tried(socket.socket, socket.AF_NETLINK, socket.SOCK_RAW)]\n"),
            R"(["ENETUNREACH", "ENETUNREACH", "EAFNOSUPPORT"])");
  EXPECT_TRUE(is_logged("network", "192.0.2.1:443")) << log_lines.text();
  EXPECT_TRUE(is_logged("network", "169.254.169.254:80")) << log_lines.text();
  EXPECT_TRUE(is_logged("system_call", "socket of family 16")) << log_lines.text();
}

TEST_F(AnEscape, by_a_fork_bomb_fails_and_is_logged) {
  EXPECT_EQ(tried("  made = 0\n"
                  "  try:\n"
                  "    while True:\n"
                  "      if os.fork() == 0: time.sleep(600); os._exit(0)\n"
                  "      made += 1\n"
                  "  except OSError as e: return [errno.errorcode[e.errno], made < 64]\n",
                  /*megabytes=*/2048),
            R"(["EAGAIN", true])");
  EXPECT_TRUE(is_logged("process_limit", "64 processes and threads")) << log_lines.text();
  executor->forget(std::string(demo_arn));  // and with the environment the others end
  EXPECT_TRUE(is_logged("outliving", "62 processes")) << log_lines.text();
}

TEST_F(AnEscape, by_filling_the_disk_fails_and_is_logged) {
  EXPECT_EQ(tried("  def fill():\n"
                  "    with open('/tmp/full', 'wb', 0) as file:\n"
                  "      while True: file.write(b'x' * (1 << 20))\n"
                  "  return [tried(fill), os.stat('/tmp/full').st_size >> 20,\n"
                  "          tried(open, '/var/task/x', 'w'), tried(open, '/x', 'w')]\n"),
            R"(["EFBIG", 8, "EROFS", "EROFS"])");
  EXPECT_TRUE(is_logged("storage_limit", "8 MB")) << log_lines.text();
}

TEST_F(AnEscape, by_taking_memory_fails_and_is_logged) {
  const auto said = tried(
      "  taken = []\n"
      "  while True: taken.append(b'x' * (8 << 20)); time.sleep(0.01)\n",
      /*megabytes=*/128);
  EXPECT_NE(said.find("Runtime exited with error: signal: killed"), std::string::npos) << said;
  EXPECT_TRUE(is_logged("memory_limit", "128 MB")) << log_lines.text();
}

TEST_F(AnEscape, by_outliving_the_timeout_fails_and_is_logged) {
  const auto said = tried(
      "  for _ in range(3):\n"
      "    if os.fork() == 0:\n"
      "      os.setsid()\n"
      "      time.sleep(600)\n"
      "  time.sleep(600)\n",
      /*megabytes=*/256, /*seconds=*/1);
  EXPECT_NE(said.find("Task timed out after 1.00 seconds"), std::string::npos) << said;
  EXPECT_TRUE(is_logged("time_limit", "Task timed out after 1.00 seconds")) << log_lines.text();
  EXPECT_TRUE(is_logged("outliving", "3 processes")) << log_lines.text();
}

TEST_F(AnEscape, by_the_kernel_fails_and_is_logged) {
  EXPECT_EQ(tried("  c = ctypes.CDLL(None)\n"
                  "  return [c.unshare(0x10000000), c.ptrace(16, 1, 0, 0)]\n"),
            "[-1, -1]");
  EXPECT_TRUE(is_logged("system_call", "unshare")) << log_lines.text();
  EXPECT_TRUE(is_logged("system_call", "ptrace")) << log_lines.text();
}

TEST_F(AnEscape, that_is_tried_again_and_again_does_not_fill_the_log) {
  tried(
      "  for _ in range(2):\n"
      "    for port in range(1, 20): tried(socket.socket().connect, ('192.0.2.1', port))\n");
  EXPECT_TRUE(is_logged("network", "192.0.2.1:16"));
  EXPECT_TRUE(is_logged("network", "more than this invocation is told of"));
  EXPECT_FALSE(is_logged("network", "192.0.2.1:18"));
}

TEST_F(AnEscape, is_not_what_a_function_does_that_needs_nothing_of_it) {
  EXPECT_EQ(tried("  import json, subprocess, tempfile, threading\n"
                  "  t = threading.Thread(target=print); t.start(); t.join()\n"
                  "  subprocess.run(['/bin/ls', '-l', '/usr'], stdout=subprocess.DEVNULL)\n"
                  "  tempfile.TemporaryFile().write(b'x')\n"
                  "  here = socket.create_server(('127.0.0.1', 5432))\n"
                  "  return tried(socket.create_connection, ('127.0.0.1', 5432))\n"),
            "\"done\"");
  executor->forget(std::string(demo_arn));
  EXPECT_EQ(log_lines.text(), "");
}

}  // namespace
}  // namespace everseal::lambda
