#include "services/elbv2/trust_stores/content_links.h"

#include <array>
#include <charconv>
#include <utility>

#include "asn1/pem.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {
namespace {

// Which file of which store.
struct Ticket {
  std::int64_t store;
  std::int64_t revocation_id;  // 0: the bundle
};

std::string text_of(const Ticket& ticket) {
  return std::to_string(ticket.store) + "/" + std::to_string(ticket.revocation_id);
}

Ticket ticket_in(std::string_view text) {
  std::array<std::int64_t, 2> numbers{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (auto& number : numbers) {
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc()) break;
    at = next == end ? next : next + 1;
  }
  return {numbers[0], numbers[1]};
}

http::Response refused(int status, std::string_view code, std::string_view message) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "application/xml");
  response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + std::string(code) +
                  "</Code><Message>" + std::string(message) + "</Message></Error>";
  return response;
}

Result<std::optional<std::string>> bundle_at(sql::Snapshot& view, const Ticket& ticket,
                                             const Followed& followed) {
  const auto store = find_numbered(view, ticket.store);
  if (!store) return store.error();
  if (!*store) return std::optional<std::string>();
  const auto bundle = followed.bundle(view, **store);
  if (!bundle) return bundle.error();
  return std::optional(to_text(*bundle));
}

Result<std::optional<std::string>> crl_at(sql::Snapshot& view, const Ticket& ticket) {
  const auto der = content_of(view, ticket.store, ticket.revocation_id);
  if (!der) return der.error();
  if (!*der) return std::optional<std::string>();
  return std::optional(asn1::Pem::print(asn1::kCrlLabel, **der));
}

}  // namespace

ContentLinks::ContentLinks(sql::Database& database, const keys::Vault& vault, const Clock& wall,
                           std::function<std::string()> url, Followed followed)
    : database_(database),
      links_(vault, wall, std::move(url), {.context = "elbv2.trust_store.content", .path = path}),
      followed_(followed) {}

Result<std::string> ContentLinks::to_bundle(std::int64_t store) const { return link(store, 0); }

Result<std::string> ContentLinks::to_revocation(std::int64_t store, std::int64_t id) const {
  return link(store, id);
}

Result<std::string> ContentLinks::link(std::int64_t store, std::int64_t revocation_id) const {
  return links_.to(text_of({store, revocation_id}));
}

http::Response ContentLinks::answer(const http::RequestHead& head) const {
  const auto opened = links_.open(head.path());
  if (!opened) return refused(403, "AccessDenied", "Access Denied");
  if (opened->is_over) return refused(403, "AccessDenied", "Request has expired");
  const auto ticket = ticket_in(opened->goal);
  auto content = database_.read([&](sql::Snapshot& view) {
    return ticket.revocation_id == 0 ? bundle_at(view, ticket, followed_) : crl_at(view, ticket);
  });
  if (!content) return refused(503, "ServiceUnavailable", "Please try again");
  if (!*content) return refused(404, "NoSuchKey", "The specified key does not exist.");
  http::Response response;
  response.headers.add("Content-Type", "application/x-pem-file");
  response.body = **std::move(content);
  return response;
}

}  // namespace everseal::elbv2::trust_stores
