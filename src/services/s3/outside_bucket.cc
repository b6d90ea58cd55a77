#include "services/s3/outside_bucket.h"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

#include "aws/protocol/read.h"
#include "aws/protocol/restxml.h"
#include "aws/sigv4/signer.h"
#include "encoding/hex.h"
#include "encoding/percent.h"
#include "http/client.h"
#include "services/s3/outside_credentials.h"

namespace everseal::s3 {
namespace {

constexpr std::chrono::seconds patience{10};
constexpr std::size_t longest_answer = 1024 * 1024;
constexpr std::size_t longest_told = 200;

// What an S3 service says of an error.
struct Refusal {
  std::optional<std::string> code{};
  std::optional<std::string> message{};
  static constexpr auto fields = std::tuple{aws::optional("Code", &Refusal::code),
                                            aws::optional("Message", &Refusal::message)};
};

Refusal refusal_in(std::string_view body) {
  const auto document = aws::protocol::parse_xml(body, aws::protocol::shape_of<Refusal>);
  if (!document) return {};
  auto refusal = aws::protocol::read<Refusal>(*document, aws::Protocol::RestXml);
  return refusal ? *std::move(refusal) : Refusal();
}

bool is_success(int status) { return status >= 200 && status < 300; }

}  // namespace

struct OutsideClient::Wish {
  std::string method;
  std::string_view key;
  HeaderMap headers{};
  http::BodySource* body = nullptr;
  std::uint64_t size = 0;
  std::string payload_hash{};  // hexadecimal; empty: of nothing
};

Fault OutsideClient::refused(const Wish& wish, const http::Response& answer) const {
  const auto refusal = refusal_in(answer.body);
  auto cause = "The outside bucket " + bucket_.bucket + " at " + bucket_.endpoint + " answered " +
               wish.method + " of " + std::string(wish.key) + " with " +
               std::to_string(answer.status);
  if (refusal.code) cause += " " + refusal.code->substr(0, longest_told);
  if (refusal.message) cause += ": " + refusal.message->substr(0, longest_told);
  return answer.status >= 500 ? Fault::unavailable(cause) : Fault::conflict(cause);
}

Result<http::Response> OutsideClient::ask(Wish wish) const {
  const auto url = http::Url::parse(bucket_.endpoint);
  if (!url) return Fault::conflict(url.error().cause);
  const auto credentials = read_credentials(bucket_.credentials_file);
  if (!credentials) return credentials.error();
  http::ClientOptions options{.ca_file = bucket_.ca_file, .timeout = patience};
  options.most_bytes = longest_answer;
  const auto client = http::Client::create(*url, options);
  if (!client) return Fault::conflict(client.error().cause);

  http::RequestHead head{
      .method = wish.method,
      .target = url->path + "/" + bucket_.bucket + "/" + encoding::percent_encode_path(wish.key)};
  head.headers.add("Host", url->host_header());
  for (const auto& [name, value] : wish.headers) head.headers.add(name, value);
  if (!wish.payload_hash.empty()) head.headers.add("X-Amz-Content-Sha256", wish.payload_hash);
  aws::sigv4::sign(head, {},
                   {.access_key_id = credentials->access_key_id,
                    .secret = credentials->secret,
                    .session_token = credentials->session_token,
                    .region = bucket_.region,
                    .service = "s3"},
                   wall_.now());
  auto answer = wish.body != nullptr ? (*client)->send(head, *wish.body, wish.size)
                                     : (*client)->send(head, "");
  if (answer) return answer;
  return Fault::unavailable("The outside bucket " + bucket_.bucket + " at " + bucket_.endpoint +
                            " cannot be reached: " + answer.error().cause);
}

Outcome OutsideClient::put(std::string_view key, const OutgoingObject& object,
                           http::BodySource& octets) const {
  const Wish wish{.method = "PUT",
                  .key = key,
                  .headers = object.headers,
                  .body = &octets,
                  .size = object.size,
                  .payload_hash = encoding::to_hex(object.sha256)};
  const auto answer = ask(wish);
  if (!answer) return answer.error();
  if (!is_success(answer->status)) return refused(wish, *answer);
  return {};
}

Result<std::optional<std::string>> OutsideClient::get(std::string_view key) const {
  const Wish wish{.method = "GET", .key = key};
  auto answer = ask(wish);
  if (!answer) return answer.error();
  if (answer->status == 404) return std::optional<std::string>();
  if (!is_success(answer->status)) return refused(wish, *answer);
  return std::optional(std::move(answer->body));
}

Outcome OutsideClient::remove(std::string_view key) const {
  const Wish wish{.method = "DELETE", .key = key};
  const auto answer = ask(wish);
  if (!answer) return answer.error();
  if (!is_success(answer->status) && answer->status != 404) return refused(wish, *answer);
  return {};
}

}  // namespace everseal::s3
