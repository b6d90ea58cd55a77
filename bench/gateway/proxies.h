#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.h"
#include "descriptor/descriptor.h"
#include "gateway/haproxy/haproxy_gateway.h"
#include "gateway/haproxy/process.h"
#include "http/server.h"
#include "log/log.h"
#include "pki.h"
#include "temporary_folder/temporary_folder.h"

// What stands between clients and a target: the gateway, and a HAProxy for comparison. Each is one
// process of one thread, so that the other core is the clients'.
namespace everseal::bench {

// A port of loopback that nobody but who shares it, as HAProxy does, can take.
class Port {
 public:
  Port();
  std::uint16_t number() const { return number_; }

 private:
  Descriptor socket_;
  std::uint16_t number_ = 0;
};

// Answers each request at once, with a few octets, and waits an hour for the rest of one.
class Target final : public http::Handler {
 public:
  Target();
  std::uint16_t port() const { return server_->listening().front().port; }
  http::Route route(const http::RequestHead& head) override;
  std::optional<http::Response> respond_now(const http::Request& request) override;
  http::Response respond(http::Request request) override;

 private:
  WallClock clock_;
  Log log_{clock_, LogLevel::Error};
  std::unique_ptr<http::Server> server_;
};

// Verifies clients against the root of a Pki, and passes requests on.
class Edge {
 public:
  Edge(Pki& pki, const Target& target, std::size_t listeners = 1);
  std::uint16_t port() const { return ports_.front().number(); }  // of the first listener
  // Puts its state in force, which stays as it is or gets another idle timeout.
  void apply();
  void apply_changed();
  gateway::haproxy::HaproxyGateway& gateway() { return *gateway_; }
  static constexpr const char* trust_store = "store";
  static constexpr const char* certificate = "certificate";
  pid_t process() const;              // HAProxy's worker
  std::string configuration() const;  // its file

 private:
  WallClock clock_;
  Log log_{clock_, LogLevel::Error};
  TemporaryFolder folder_ = TemporaryFolder::quick();
  std::vector<Port> ports_;
  gateway::State state_;
  std::unique_ptr<gateway::haproxy::HaproxyGateway> gateway_;
};

// HAProxy as an engineer would set it up for the same: plain mutual TLS, and the target is told of
// the client under the same names.
class PlainHaproxy {
 public:
  // With a CRL it refuses whom that names.
  PlainHaproxy(Pki& pki, const Target& target, const std::optional<std::string>& crl = {});
  std::uint16_t port() const { return port_.number(); }
  pid_t process() const { return process_->id(); }

 private:
  void write_configuration(const Target& target, bool with_crl) const;
  void write(const char* name, const std::string& text) const;

  TemporaryFolder folder_ = TemporaryFolder::quick();
  Port port_;
  std::optional<gateway::haproxy::Process> process_;
};

}  // namespace everseal::bench
