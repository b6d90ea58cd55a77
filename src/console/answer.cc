#include "console/answer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "console/content.h"
#include "encoding/ascii.h"

namespace everseal::console {
namespace {

// The page runs what came with it, speaks with its own origin and is in nobody's frame.
constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

http::Response guarded(int status, std::string_view cache) {
  http::Response response;
  response.status = status;
  response.headers = {{"Content-Security-Policy", std::string(policy)},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Referrer-Policy", "no-referrer"},
                      // Objects of buckets are pages of this origin: one that opens the console, or
                      // is opened by it, gets no hold of its window.
                      {"Cross-Origin-Opener-Policy", "same-origin"},
                      {"Cache-Control", std::string(cache)}};
  return response;
}

http::Response sentence(int status, std::string_view text) {
  auto response = guarded(status, "no-cache");
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  response.body = std::string(text) + "\n";
  return response;
}

// Calls `take` with each member of a header's list, which several headers may continue.
template <class Take>
void for_each_member(const http::Headers& headers, std::string_view name, const Take& take) {
  for (const auto& [sent_name, value] : headers) {
    if (!http::same_name(sent_name, name)) continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto member = rest.substr(0, rest.find(','));
      rest.remove_prefix(std::min(member.size() + 1, rest.size()));
      take(encoding::trimmed(member));
    }
  }
}

// "q=0", "q=0.000": not wanted at all (RFC 9110, 12.4.2).
bool is_zero_weight(std::string_view parameter) {
  const auto weight = encoding::lower_case(encoding::trimmed(parameter));
  return weight.starts_with("q=0") && weight.find_first_not_of("0.", 2) == weight.npos;
}

bool takes_gzip(const http::Headers& headers) {
  std::optional<bool> gzip, any;
  for_each_member(headers, "Accept-Encoding", [&](std::string_view member) {
    const auto end = std::min(member.find(';'), member.size());
    const auto coding = encoding::lower_case(encoding::trimmed(member.substr(0, end)));
    const bool wanted = end == member.size() || !is_zero_weight(member.substr(end + 1));
    if (coding == "gzip" || coding == "x-gzip") gzip = wanted;
    if (coding == "*") any = wanted;
  });
  return gzip.value_or(any.value_or(false));
}

std::string_view without_weakness(std::string_view etag) {
  if (etag.starts_with("W/")) etag.remove_prefix(2);
  return etag;
}

bool has_it(const http::Headers& headers, std::string_view etag) {
  bool found = false;
  for_each_member(headers, "If-None-Match", [&](std::string_view member) {
    found = found || member == "*" || without_weakness(member) == without_weakness(etag);
  });
  return found;
}

http::Response content(const http::RequestHead& head, const File& file) {
  const bool known = has_it(head.headers, file.etag);
  auto response = guarded(known ? 304 : 200,
                          file.immutable ? "public, max-age=31536000, immutable" : "no-cache");
  response.headers.add("ETag", std::string(file.etag));
  response.headers.add("Vary", "Accept-Encoding");
  if (known) return response;
  response.headers.add("Content-Type", std::string(file.content_type));
  const bool compressed = takes_gzip(head.headers);
  if (compressed) response.headers.add("Content-Encoding", "gzip");
  response.length = compressed ? file.gzip.size() : file.size;
  if (head.method == "GET") {
    response.source = compressed ? as_it_is(file.gzip) : unpacked(file.gzip);
  }
  return response;
}

}  // namespace

http::Response answer(const http::RequestHead& head, Files files) {
  if (files.empty()) return sentence(404, "This build of Everseal has no console.");
  if (head.method != "GET" && head.method != "HEAD") {
    auto refused = sentence(405, "The console is only read.");
    refused.headers.add("Allow", "GET, HEAD");
    return refused;
  }
  if (head.path() == "/console") {
    auto moved = guarded(308, "no-cache");
    moved.headers.add("Location", "/console/");
    return moved;
  }
  const auto found = std::ranges::find(files, head.path(), &File::path);
  if (found == files.end()) return sentence(404, "The console has no such page.");
  return content(head, *found);
}

}  // namespace everseal::console
