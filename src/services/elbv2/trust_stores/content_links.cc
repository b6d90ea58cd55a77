#include "services/elbv2/trust_stores/content_links.h"

#include <array>
#include <charconv>
#include <chrono>
#include <utility>

#include "asn1/pem.h"
#include "encoding/hex.h"
#include "secret/secret.h"
#include "services/elbv2/trust_stores/revocation.h"
#include "services/elbv2/trust_stores/trust_store.h"

namespace everseal::elbv2::trust_stores {
namespace {

constexpr std::chrono::minutes validity{10};
constexpr std::string_view context = "elbv2.trust_store.content";
constexpr std::size_t longest_token = 1024;

// Which file of which store, and until when.
struct Ticket {
  std::int64_t store;
  std::int64_t revocation_id;  // 0: the bundle
  std::int64_t expires_at;     // milliseconds
};

std::string text_of(const Ticket& ticket) {
  return std::to_string(ticket.store) + "/" + std::to_string(ticket.revocation_id) + "/" +
         std::to_string(ticket.expires_at);
}

std::optional<Ticket> read(std::string_view text) {
  std::array<std::int64_t, 3> numbers{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (auto& number : numbers) {
    const auto [next, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return std::nullopt;
    at = next == end ? next : next + 1;
  }
  return Ticket{numbers[0], numbers[1], numbers[2]};
}

std::optional<Ticket> opened(const keys::Vault& vault, std::string_view token) {
  if (token.size() > longest_token) return std::nullopt;
  const auto sealed = encoding::from_hex(token);
  if (!sealed) return std::nullopt;
  const auto text = vault.open(*sealed, context);
  if (!text) return std::nullopt;
  return read(text->reveal_text());
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

Result<std::string> ContentLinks::to_bundle(std::int64_t store) const { return link(store, 0); }

Result<std::string> ContentLinks::to_revocation(std::int64_t store, std::int64_t id) const {
  return link(store, id);
}

Result<std::string> ContentLinks::link(std::int64_t store, std::int64_t revocation_id) const {
  const Ticket ticket{store, revocation_id, to_millis(wall_.now() + validity)};
  const auto sealed = vault_.seal(SecretBytes::copy_of(text_of(ticket)), context);
  if (!sealed) return sealed.error();
  return url_() + std::string(path) + encoding::to_hex(*sealed);
}

http::Response ContentLinks::answer(const http::RequestHead& head) const {
  const auto ticket = opened(vault_, head.path().substr(path.size()));
  if (!ticket) return refused(403, "AccessDenied", "Access Denied");
  if (ticket->expires_at < to_millis(wall_.now())) {
    return refused(403, "AccessDenied", "Request has expired");
  }
  auto content = database_.read([&](sql::Snapshot& view) {
    return ticket->revocation_id == 0 ? bundle_at(view, *ticket, followed_) : crl_at(view, *ticket);
  });
  if (!content) return refused(503, "ServiceUnavailable", "Please try again");
  if (!*content) return refused(404, "NoSuchKey", "The specified key does not exist.");
  http::Response response;
  response.headers.add("Content-Type", "application/x-pem-file");
  response.body = **std::move(content);
  return response;
}

}  // namespace everseal::elbv2::trust_stores
