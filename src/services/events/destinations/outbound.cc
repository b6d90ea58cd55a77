#include "services/events/destinations/outbound.h"

#include <chrono>
#include <string>
#include <utility>

#include "http/client.h"
#include "tls/context.h"

namespace everseal::events::destinations {
namespace {

// Waits are of whole milliseconds and may end by as much too early.
constexpr std::chrono::milliseconds kRounding{2};
constexpr std::size_t kMostOctets = 1024 * 1024;  // as the header Range says

http::AddressRule rule_for(const http::Url& server, bool loopback) {
  const bool secure = server.secure;
  return [secure, loopback](const sockaddr& address) {
    if (http::is_loopback(address)) return loopback;
    return secure && !http::is_no_server(address);
  };
}

}  // namespace

Outbound::Outbound(const Settings& settings, std::shared_ptr<tls::ClientContext> tls)
    : settings_(settings), tls_(std::move(tls)) {}

Result<std::unique_ptr<Outbound>> Outbound::create(const Settings& settings) {
  auto tls = tls::ClientContext::create_beside_system(settings.ca_file);
  if (!tls) return tls.error();
  return std::unique_ptr<Outbound>(new Outbound(settings, *std::move(tls)));
}

Result<http::Response, TryAgain> Outbound::send(const OutgoingRequest& request, Needs needs) const {
  const auto& server = request.server;
  const auto began = std::chrono::steady_clock::now();
  const auto failed = [&](const Fault& fault) {
    const bool is_late = std::chrono::steady_clock::now() - began >= settings_.patience - kRounding;
    return TryAgain{
        is_late ? "TIMEOUT" : "CONNECTION_FAILURE", server.host_header() + ": " + fault.cause, {}};
  };
  auto client = http::Client::create(server, {.ca_file = {},
                                              .timeout = settings_.patience,
                                              .most_bytes = kMostOctets,
                                              .tls = tls_,
                                              .may_reach = rule_for(server, settings_.loopback),
                                              .needs_body = needs == Needs::WholeAnswer});
  if (!client) return failed(client.error());
  auto answer = (*client)->send(request.head, request.body);
  if (!answer) return failed(answer.error());
  return *std::move(answer);
}

}  // namespace everseal::events::destinations
