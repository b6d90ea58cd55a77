#include "services/acmpca/publication/publication_point.h"

#include <utility>

#include "clock/time_text.h"
#include "issuance/ocsp/transfer.h"
#include "services/acmpca/crl/store.h"
#include "x509/ocsp_builder.h"

namespace everseal::acmpca {
namespace {

constexpr std::string_view der_suffix = ".crl";
constexpr std::string_view pem_suffix = ".pem";
constexpr std::string_view delta_suffix = "-delta";
static_assert(der_suffix.size() == pem_suffix.size());

http::Response plain(int status, std::string text) {
  http::Response response;
  response.status = status;
  response.headers.add("Content-Type", "text/plain");
  response.body = std::move(text);
  return response;
}

http::Response not_found() { return plain(404, "There is no such list of revocations.\n"); }
http::Response unavailable() { return plain(503, "The list cannot be read now.\n"); }

http::Response answer(ObjectSource::Opened opened, bool is_pem, const http::RequestHead& head) {
  http::Response response;
  const auto etag = '"' + opened.etag + '"';
  response.headers.add("Content-Type", is_pem ? "application/x-pem-file" : "application/pkix-crl");
  response.headers.add("ETag", etag);
  response.headers.add("Last-Modified", to_http_date(opened.modified_at));
  response.headers.add("Cache-Control", "no-cache");
  if (issuance::ocsp::names_tag(head.headers.find("If-None-Match").value_or(""), etag)) {
    response.status = 304;
    return response;
  }
  response.length = opened.size;
  response.source = std::move(opened.octets);
  return response;
}

bool is_crl(const http::RequestHead& head) {
  return head.method != "POST" &&
         (head.path().ends_with(der_suffix) || head.path().ends_with(pem_suffix));
}

// What names a list, and which of its files is meant: ".crl", "-delta.pem".
struct FileName {
  std::string list;
  std::string_view suffix;
};

FileName split(std::string_view path) {
  auto list = path.substr(0, path.size() - der_suffix.size());
  if (list.ends_with(delta_suffix)) list.remove_suffix(delta_suffix.size());
  return {std::string(list), path.substr(list.size())};
}

// Nothing: there is no question in it at all.
std::optional<Result<x509::OcspRequest, x509::OcspError>> question_in(
    const http::Request& request) {
  if (request.head.method == "POST") return x509::OcspRequest::parse(as_bytes(request.body));
  const auto octets = issuance::ocsp::request_of_path(request.head.path());
  constexpr std::uint8_t sequence = 0x30;  // how every question begins
  if (!octets || octets->empty() || octets->front() != sequence) return std::nullopt;
  return x509::OcspRequest::parse(*octets);
}

http::Response ocsp_response(std::string octets) {
  http::Response response;
  response.headers.add("Content-Type", std::string(issuance::ocsp::kResponseType));
  response.body = std::move(octets);
  return response;
}

http::Response ocsp_refusal(x509::OcspError error) {
  return ocsp_response(std::string(as_text(x509::ocsp_error_response(error))));
}

}  // namespace

http::Route PublicationPoint::route(const http::RequestHead& head) {
  if (head.method == "POST") return http::SmallBody{.limit = x509::OcspRequest::kMaxOctets};
  if (is_crl(head)) {
    if (head.method == "GET" || head.method == "HEAD") return http::WholeBody{.limit = 0};
  } else if (head.method == "GET") {
    return http::SmallBody{.limit = 0};
  }
  auto refused = plain(405, "Lists of revocations are read with GET, OCSP also with POST.\n");
  refused.headers.add("Allow", "GET, HEAD, POST");
  return refused;
}

std::optional<http::Response> PublicationPoint::respond_now(const http::Request& request) {
  const auto question = question_in(request);
  if (!question || !*question) return std::nullopt;
  const auto found = ocsp_.at_hand(**question);
  if (!found) return std::nullopt;
  return print(found->octets, found, request.head);
}

http::Response PublicationPoint::respond(http::Request request) {
  return is_crl(request.head) ? give_crl(request.head) : answer_ocsp(request);
}

http::Response PublicationPoint::give_crl(const http::RequestHead& head) {
  const auto file = split(head.path().substr(1));
  const auto list = file.list + std::string(der_suffix);
  const auto crl = database_.read([&](sql::Snapshot& view) { return find_published(view, list); });
  if (!crl) return unavailable();
  if (!*crl) return not_found();
  auto key = (*crl)->key;
  key.replace(key.size() - der_suffix.size(), der_suffix.size(), file.suffix);
  auto opened = objects_.open((*crl)->bucket, key);
  if (!opened) return unavailable();
  if (!*opened) return not_found();
  return answer(**std::move(opened), file.suffix.ends_with(pem_suffix), head);
}

http::Response PublicationPoint::answer_ocsp(const http::Request& request) {
  const auto question = question_in(request);
  if (!question) return not_found();
  if (!*question) return ocsp_refusal(question->error());
  const auto reply = ocsp_.answer(**question);
  if (!reply) return ocsp_refusal(reply.error());
  return print(reply->octets, reply->kept_answer, request.head);
}

// Only GET is kept by caches (RFC 5019, 6.2).
http::Response PublicationPoint::print(const std::string& octets, const ocsp::Answers::Found& kept,
                                       const http::RequestHead& head) const {
  auto response = ocsp_response(octets);
  if (!kept) {
    response.headers.add("Cache-Control", "no-store");
    return response;
  }
  const auto headers =
      issuance::ocsp::cache_headers(kept->facts, clock_.now(), settings_.ocsp_cached);
  response.headers.add("ETag", headers.etag);
  response.headers.add("Last-Modified", headers.last_modified);
  response.headers.add("Expires", headers.expires);
  response.headers.add("Cache-Control", headers.cache_control);
  if (head.method == "GET" &&
      issuance::ocsp::names_tag(head.headers.find("If-None-Match").value_or(""), headers.etag)) {
    response.status = 304;
    response.body.clear();
  }
  return response;
}

}  // namespace everseal::acmpca
