#pragma once

#include <memory>
#include <string_view>

#include "http/client.h"
#include "result/result.h"
#include "services/events/destinations/settings.h"
#include "services/events/target.h"

namespace everseal::events::destinations {

// The way out: a connection for each request, to no address that is none of a server, to this
// machine only if the settings say so, and without TLS to this machine only. Thread-safe.
class Outbound {
 public:
  // Malformed: the file of trusted certificates.
  static Result<std::unique_ptr<Outbound>> create(const Settings& settings);

  // TIMEOUT, or CONNECTION_FAILURE: what went wrong otherwise before there was an answer.
  Result<http::Response, TryAgain> send(const http::Url& server, const http::RequestHead& head,
                                        std::string_view body) const;

 private:
  Outbound(const Settings& settings, std::shared_ptr<tls::ClientContext> tls);

  const Settings settings_;
  const std::shared_ptr<tls::ClientContext> tls_;
};

}  // namespace everseal::events::destinations
