#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <filesystem>
#include <fstream>

#include "temporary_folder/temporary_folder.h"
#include "tls/context.h"
#include "tls/testing/identity.h"

namespace everseal::tls {
namespace {

using namespace std::literals;
using testing::make_identity;

// A file that is gone when the test ends.
class CaFile {
 public:
  explicit CaFile(const std::string& pem) { std::ofstream(path_) << pem; }
  const std::filesystem::path& path() const { return path_; }

 private:
  const TemporaryFolder folder_;
  const std::filesystem::path path_ = folder_ / "ca.pem";
};

// Both ends of a connection, and the wire between them.
struct Wire {
  std::unique_ptr<Channel> client, server;
  std::string client_heard, server_heard;

  // Carries octets until both are silent; the first end that complains ends it.
  Outcome run() {
    for (;;) {
      std::string up, down;
      const bool spoke = client->take_outgoing(up);
      if (const auto heard = server->receive(as_bytes(up), server_heard); !heard) return heard;
      const bool answered = server->take_outgoing(down);
      if (const auto heard = client->receive(as_bytes(down), client_heard); !heard) return heard;
      if (!spoke && !answered) return {};
    }
  }
};

Wire connect(const ServerContext& server, const ClientContext& client,
             const std::string& host = "localhost") {
  Wire wire{.client = client.connect(host),
            .server = server.accept(),
            .client_heard = {},
            .server_heard = {}};
  EXPECT_TRUE(wire.client->start());
  return wire;
}

std::shared_ptr<ClientContext> trusting(const ServerIdentity& identity) {
  const CaFile file{testing::pem_of(identity)};
  return *ClientContext::create(file.path());
}

TEST(Channel, carries_what_both_sides_say) {
  const auto identity = make_identity("server");
  const auto server = *ServerContext::create(identity);
  auto wire = connect(*server, *trusting(identity));
  ASSERT_TRUE(wire.client->send(as_bytes("before the handshake")));
  ASSERT_TRUE(wire.run());
  EXPECT_TRUE(wire.client->is_established());
  EXPECT_EQ(wire.client->protocol(), "TLSv1.3");
  EXPECT_EQ(wire.client->peer_certificate(), identity.chain.front());
  ASSERT_TRUE(wire.server->send(as_bytes("answer")));
  ASSERT_TRUE(wire.run());
  EXPECT_EQ(wire.server_heard, "before the handshake");
  EXPECT_EQ(wire.client_heard, "answer");
}

TEST(Channel, carries_any_octets_in_any_portions) {
  const auto identity = make_identity("server");
  const auto server = *ServerContext::create(identity);
  const auto client = trusting(identity);
  EXPECT_TRUE(rc::check("what goes in comes out", [&] {
    auto wire = connect(*server, *client);
    RC_ASSERT(wire.run().has_value());
    std::string said;
    const auto pieces = *rc::gen::container<std::vector<std::string>>(
        rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
    for (const auto& piece : pieces) {
      RC_ASSERT(wire.client->send(as_bytes(piece)).has_value());
      said += piece;
    }
    std::string up;
    wire.client->take_outgoing(up);
    const auto cut = *rc::gen::inRange<std::size_t>(0, up.size() + 1);
    const auto octets = as_bytes(up);
    RC_ASSERT(wire.server->receive(octets.first(cut), wire.server_heard).has_value());
    RC_ASSERT(wire.server->receive(octets.subspan(cut), wire.server_heard).has_value());
    RC_ASSERT(wire.server_heard == said);
  }));
}

TEST(Channel, carries_megabytes) {
  const auto identity = make_identity("server");
  const auto server = *ServerContext::create(identity);
  auto wire = connect(*server, *trusting(identity));
  ASSERT_TRUE(wire.run());
  std::string much;
  for (int i = 0; i < 500'000; ++i) much += std::to_string(i);
  ASSERT_TRUE(wire.server->send(as_bytes(much)));
  ASSERT_TRUE(wire.run());
  EXPECT_EQ(wire.client_heard, much);
}

TEST(Channel, tells_a_goodbye_from_an_end) {
  const auto identity = make_identity("server");
  const auto server = *ServerContext::create(identity);
  auto wire = connect(*server, *trusting(identity));
  ASSERT_TRUE(wire.run());
  EXPECT_FALSE(wire.server->is_closed_by_peer());
  wire.client->close();
  ASSERT_TRUE(wire.run());
  EXPECT_TRUE(wire.server->is_closed_by_peer());
}

TEST(Channel, complains_about_octets_that_are_no_tls) {
  const auto server = *ServerContext::create(make_identity("server"));
  const auto channel = server->accept();
  std::string plain;
  EXPECT_FALSE(channel->receive(as_bytes("\x16\x03\x01\x00\x05hello, this is not TLS"sv), plain));
  EXPECT_TRUE(plain.empty());
}

TEST(Channel, refuses_a_record_that_was_changed_on_the_way) {
  const auto identity = make_identity("server");
  const auto server = *ServerContext::create(identity);
  auto wire = connect(*server, *trusting(identity));
  ASSERT_TRUE(wire.run());
  ASSERT_TRUE(wire.client->send(as_bytes("pay 10")));
  std::string up;
  wire.client->take_outgoing(up);
  up.back() = static_cast<char>(up.back() ^ 1);
  EXPECT_FALSE(wire.server->receive(as_bytes(up), wire.server_heard));
  EXPECT_TRUE(wire.server_heard.empty());
}

TEST(ClientContext, refuses_a_server_that_it_does_not_trust) {
  const auto server = *ServerContext::create(make_identity("server"));
  auto wire = connect(*server, *trusting(make_identity("another")));
  EXPECT_FALSE(wire.run());
  EXPECT_FALSE(wire.client->is_established());
}

TEST(ClientContext, refuses_a_trusted_server_of_another_name) {
  const auto identity = make_identity("server");
  const auto server = *ServerContext::create(identity);
  const auto client = trusting(identity);
  for (const auto* host : {"localhost", "127.0.0.1", "::1"}) {
    EXPECT_TRUE(connect(*server, *client, host).run()) << host;
  }
  for (const auto* host : {"other.example", "127.0.0.2"}) {
    EXPECT_FALSE(connect(*server, *client, host).run()) << host;
  }
}

TEST(ClientContext, says_which_file_it_cannot_trust) {
  const auto missing = ClientContext::create("/nowhere/ca.pem");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().cause.find("/nowhere/ca.pem"), std::string::npos);
}

TEST(ServerContext, serves_another_identity_from_the_next_connection_on) {
  const auto first = make_identity("first");
  const auto second = make_identity("second");
  const auto server = *ServerContext::create(first);
  auto standing = connect(*server, *trusting(first));
  ASSERT_TRUE(standing.run());
  ASSERT_TRUE(server->replace(second));
  auto fresh = connect(*server, *trusting(second));
  ASSERT_TRUE(fresh.run());
  EXPECT_EQ(fresh.client->peer_certificate(), second.chain.front());
  ASSERT_TRUE(standing.client->send(as_bytes("still here")));
  ASSERT_TRUE(standing.run());
  EXPECT_EQ(standing.server_heard, "still here");
}

TEST(ServerContext, keeps_the_old_identity_when_the_new_one_is_broken) {
  const auto identity = make_identity("server");
  const auto server = *ServerContext::create(identity);
  auto mixed = make_identity("other");
  mixed.chain = {identity.chain.front()};
  EXPECT_FALSE(server->replace(mixed));
  auto wire = connect(*server, *trusting(identity));
  EXPECT_TRUE(wire.run());
}

TEST(ServerContext, refuses_what_is_no_identity) {
  auto none = make_identity("server");
  none.chain.clear();
  EXPECT_FALSE(ServerContext::create(none));
  auto cut = make_identity("server");
  cut.chain.front().pop_back();
  EXPECT_FALSE(ServerContext::create(cut));
  auto trailing = make_identity("server");
  trailing.chain.front().push_back(0);
  EXPECT_FALSE(ServerContext::create(trailing));
  auto keyless = make_identity("server");
  keyless.private_key = SecretBytes::copy_of("no key");
  EXPECT_FALSE(ServerContext::create(keyless));
}

TEST(ClientContext, may_trust_a_file_besides_the_system) {
  const auto identity = make_identity("localhost");
  const auto server = *ServerContext::create(identity);
  const CaFile file{testing::pem_of(identity)};
  EXPECT_TRUE(connect(*server, **ClientContext::create_beside_system(file.path())).run());
  EXPECT_FALSE(connect(*server, **ClientContext::create_beside_system(std::nullopt)).run());
  const CaFile none{"no certificate"};
  EXPECT_FALSE(ClientContext::create_beside_system(none.path()));
}

}  // namespace
}  // namespace everseal::tls
