#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <stdexcept>
#include <string>

#include "descriptor/descriptor.h"
#include "services/lambda/test_world.h"

namespace everseal::lambda {
namespace {

// Something else that listens on this machine.
class TheNetwork : public LambdaTest {
 protected:
  TheNetwork() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* where = reinterpret_cast<sockaddr*>(&address);
    if (bind(neighbour.number(), where, size) != 0 || listen(neighbour.number(), 8) != 0) {
      throw std::runtime_error("listen");
    }
    getsockname(neighbour.number(), where, &size);
    port = std::to_string(ntohs(address.sin_port));
  }
  void open_network() { open({.network = true, .folder = folder / "open"}); }
  Bytes calling() const {
    return zip_of("main.py",
                  "import socket\n"
                  "def handler(event, context):\n"
                  "  try: socket.create_connection(('127.0.0.1', " +
                      port +
                      "), 5); socket.getaddrinfo('localhost', 1); return 'reached'\n"
                      "  except OSError as error: return type(error).__name__\n");
  }

  Descriptor neighbour{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  std::string port;
};

TEST_F(TheNetwork, of_this_machine_is_not_that_of_a_function) {
  create(calling());
  EXPECT_EQ(answer(), "\"ConnectionRefusedError\"");
}

TEST_F(TheNetwork, of_this_machine_is_that_of_a_function_where_the_operator_says_so) {
  open_network();
  create(calling());
  EXPECT_EQ(answer(), "\"reached\"");
  EXPECT_EQ(answer(), "\"reached\"");  // in the same environment
  EXPECT_EQ(log_lines.text().find("lambda.sandbox.refused"), std::string::npos);
}

TEST_F(TheNetwork, lets_nobody_take_the_events_of_another_function) {
  open_network();
  create(zip_of("main.py",
                "import os, urllib.request, urllib.error\n"
                "def handler(event, context):\n"
                "  where = os.environ['AWS_LAMBDA_RUNTIME_API'].partition('/')[0]\n"
                "  for word in ('', '/', '/" +
                    std::string(32, '0') +
                    "'):\n"
                    "    try: urllib.request.urlopen('http://' + where + word + "
                    "'/2018-06-01/runtime/invocation/next', timeout=20); return 'heard'\n"
                    "    except urllib.error.HTTPError as error: assert error.code == 404\n"
                    "  return 'unheard'\n"));
  EXPECT_EQ(answer(), "\"unheard\"");
}

TEST_F(TheNetwork, is_the_same_for_a_function_in_node) {
  open_network();
  auto request =
      creation(zip_of("index.mjs",
                      "import net from 'node:net';\n"
                      "export const handler = () => new Promise((resolve) => net.connect(" +
                          port +
                          ", '127.0.0.1', () => resolve('reached')).on('error', (error) => "
                          "resolve(error.code)));"));
  request.runtime = "nodejs20.x";
  request.handler = "index.handler";
  need(CreateFunction{*functions}(request, call));
  EXPECT_EQ(answer(), "\"reached\"");
}

}  // namespace
}  // namespace everseal::lambda
