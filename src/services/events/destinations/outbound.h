#pragma once

#include <memory>

#include "http/message.h"
#include "result/result.h"
#include "services/events/destinations/outgoing_request.h"
#include "services/events/destinations/settings.h"
#include "services/events/target.h"

namespace everseal::tls {
class ClientContext;
}

namespace everseal::events::destinations {

// Of an answer. Its status is known with its head, whatever becomes of the rest.
enum class Needs { Status, WholeAnswer };

// The way out: a connection for each request, to no address that is none of a server, to this
// machine only if the settings say so, and without TLS to this machine only. Thread-safe.
class Outbound {
 public:
  // Malformed: the file of trusted certificates.
  static Result<std::unique_ptr<Outbound>> create(const Settings& settings);

  // TIMEOUT, or CONNECTION_FAILURE: what went wrong otherwise before there was what it needs.
  Result<http::Response, TryAgain> send(const OutgoingRequest& request, Needs needs) const;

 private:
  Outbound(const Settings& settings, std::shared_ptr<tls::ClientContext> tls);

  const Settings settings_;
  const std::shared_ptr<tls::ClientContext> tls_;
};

}  // namespace everseal::events::destinations
