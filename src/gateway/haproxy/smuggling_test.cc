#include "gateway/haproxy/test_clients.h"

// What clients say to be taken for others. All of it has "evil" in it.
namespace everseal::gateway::haproxy {
namespace {

const std::vector<std::string> spellings = {"X-Amzn-Mtls-Clientcert",
                                            "x-amzn-mtls-clientcert-serial-number",
                                            "X_Amzn_Mtls_Clientcert_Subject",
                                            "X-Amzn_Mtls-Clientcert_Issuer",
                                            "X.Amzn.Mtls.Clientcert.Leaf",
                                            "X-AMZN-MTLS-CLIENTCERT-VALIDITY",
                                            "X~Amzn~Mtls~Clientcert",
                                            "X-Amzn-Mtls-Anything",
                                            "X-Client-Serial",
                                            "x_client_serial",
                                            "X-Amzn-Tls-Version",
                                            "x_amzn_tls_cipher_suite"};

constexpr std::string_view evil = "X-Amzn-Mtls-Clientcert-Subject: evil\r\n";

struct SmugglingWorld : VerifyingGateway {
  const Holder holder = client_of_root();

  // What comes of these octets, as a client that is let in says them.
  std::string said(std::string_view text) const {
    Connection connection(port.number(), holder.words());
    connection.say(text);
    return outcome_in(connection.hear_all());
  }
  std::string said(std::string_view line, std::string_view headers) const {
    return said(std::string(line) + " HTTP/1.1\r\nHost: edge\r\n" + std::string(headers) +
                "Connection: close\r\n\r\n");
  }
  // All that the target was told by others than the gateway.
  std::string smuggled() const {
    std::string all;
    for (const auto& request : target.requests()) {
      for (const auto& [name, value] : request.headers) {
        if (value == "evil") all += name + " ";
      }
      if (request.headers.find("X-Amzn-Mtls-Clientcert-Subject") != "CN=dev-0001,C=US") {
        all += "(nobody) ";
      }
    }
    return all;
  }
};

}  // namespace

TEST(Smuggling, no_spelling_of_what_only_the_gateway_says_gets_through) {
  SmugglingWorld world;
  world.mutual().headers.serial_number = "X-Client-Serial";
  auto& gateway = world.start();
  std::vector<std::string> headers = {"X-Harmless: kept"};
  for (const auto& name : spellings) headers.push_back(name + ": evil");
  for (const auto mode : {MutualTlsMode::Verify, MutualTlsMode::Passthrough, MutualTlsMode::Off}) {
    world.mutual().mode = mode;
    need(gateway.apply(world.state));
    for (const auto* version : {"--http1.1", "--http2"}) {
      SCOPED_TRACE(std::to_string(static_cast<int>(mode)) + version);
      std::vector<std::string> words = {"/usr/bin/curl",
                                        "-sk",
                                        version,
                                        "--cert",
                                        world.holder.certificate_file,
                                        "--key",
                                        world.holder.key_file,
                                        world.url()};
      for (const auto& header : headers) words.insert(words.end(), {"-H", header});
      EXPECT_EQ(need(run(words, kPatience)), "target: GET /");
      const auto request = world.target.requests().back();
      for (const auto& [name, value] : request.headers) {
        EXPECT_NE(value, "evil") << name;
      }
      EXPECT_EQ(world.target.header("X-Harmless"), "kept");
    }
  }
}

TEST(Smuggling, no_broken_line_hides_a_header) {
  SmugglingWorld world;
  world.start();
  const std::string name = "X-Amzn-Mtls-Clientcert-Subject";
  for (const std::string& headers : {
           name + " : evil\r\n",
           name + "\t: evil\r\n",
           name + "\v: evil\r\n",
           name + "\xa0: evil\r\n",
           " " + std::string(evil),
           "X-Folded: a\r\n " + std::string(evil),
           "X-Bare: a\n" + std::string(evil),
           "X-Bare: a\r" + std::string(evil),
           std::string("X-Bare: a\0", 10) + std::string(evil),
           ": a\r\n" + std::string(evil),
           std::string(evil) + std::string(evil),
       }) {
    SCOPED_TRACE(testing::PrintToString(headers));
    const auto outcome = world.said("GET /", headers);
    EXPECT_TRUE(outcome == "200" || outcome == "400") << outcome;
    EXPECT_EQ(world.smuggled(), "");
  }
}

TEST(Smuggling, no_request_hides_in_the_body_of_another) {
  SmugglingWorld world;
  world.start();
  const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: edge\r\n" + std::string(evil) + "\r\n";
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  const auto length = [](std::size_t octets) {
    return "Content-Length: " + std::to_string(octets) + "\r\n";
  };
  for (const std::string& headers : {
           chunked + length(5),
           length(5) + chunked,
           length(5) + length(5 + hidden.size()),
           length(5 + hidden.size()) + length(5),
           std::string("Transfer-Encoding: xchunked\r\n") + length(5),
           std::string("Transfer-Encoding : chunked\r\n") + length(5),
           std::string("Transfer-Encoding: chunked, identity\r\n") + length(5),
           std::string("Transfer-Encoding:\vchunked\r\n") + length(5),
       }) {
    SCOPED_TRACE(testing::PrintToString(headers));
    const auto outcome =
        world.said("POST /open HTTP/1.1\r\nHost: edge\r\n" + headers + "\r\n0\r\n\r\n" + hidden +
                   "GET /last HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n\r\n");
    EXPECT_NE(outcome, "closed");
    EXPECT_EQ(world.smuggled(), "");
  }
}

TEST(Smuggling, nobody_gets_a_tunnel_to_a_target_but_for_a_web_socket) {
  SmugglingWorld world;
  world.start();
  EXPECT_EQ(world.said("CONNECT edge:443 HTTP/1.1\r\nHost: edge:443\r\n\r\n"
                       "GET /hidden HTTP/1.1\r\nHost: edge\r\nConnection: close\r\n" +
                       std::string(evil) + "\r\n"),
            "405");
  EXPECT_EQ(world.smuggled(), "");
  const auto upgrade = [&](const std::string& to) {
    EXPECT_EQ(world.said("GET / HTTP/1.1\r\nHost: edge\r\n"
                         "Connection: close, Upgrade, HTTP2-Settings\r\nUpgrade: " +
                         to +
                         "\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n"
                         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"),
              "200");
    return world.target.header("Connection") + " " + world.target.header("Upgrade");
  };
  EXPECT_EQ(upgrade("h2c"), "(none) (none)");
  EXPECT_EQ(upgrade("h2c, WebSocket"), "upgrade websocket");
}

TEST(Smuggling, no_client_says_that_a_header_is_for_the_gateway_alone) {
  SmugglingWorld world;
  world.start();
  EXPECT_EQ(world.said("GET /", "Connection: X-Amzn-Mtls-Clientcert-Subject\r\n"), "200");
  EXPECT_EQ(world.target.header("Connection"), "(none)");
  EXPECT_EQ(world.smuggled(), "");
}

TEST(Smuggling, no_rule_believes_what_a_client_says_of_itself) {
  SmugglingWorld world;
  world.the_listener().rules = {
      {.conditions = {HeaderCondition{"X-Amzn-Mtls-Clientcert-Subject", {"evil"}}},
       .action = FixedResponse{.status = 418}}};
  world.start();
  EXPECT_EQ(world.said("GET /", evil), "200");
}

}  // namespace everseal::gateway::haproxy
