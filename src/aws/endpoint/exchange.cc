#include "aws/endpoint/exchange.h"

#include <utility>

#include "aws/endpoint/guarded.h"
#include "aws/protocol/common_error.h"
#include "aws/protocol/query_names.h"
#include "aws/protocol/read.h"
#include "aws/protocol/wire_form.h"
#include "secret/secret.h"

namespace everseal::aws::endpoint {
namespace {

using protocol::common_error;
using protocol::CommonError;
using protocol::Protocol;

constexpr protocol::ServiceFacts nobody{.name = "-", .signing_name = "", .protocol = {}};
constexpr std::size_t longest_logged = 256;  // of what the client chose freely
constexpr int client_went_away = 499;        // a number that proxies use for it

sigv4::Dialect dialect_of(Protocol protocol) {
  switch (protocol) {
    case Protocol::Query:
      return sigv4::Dialect::Query;
    case Protocol::RestJson:
      return sigv4::Dialect::RestJson;
    case Protocol::RestXml:
      return sigv4::Dialect::S3;
    case Protocol::AwsJson10:
    case Protocol::AwsJson11:
      break;
  }
  return sigv4::Dialect::Json;
}

std::string_view cut(std::string_view text) { return text.substr(0, longest_logged); }

}  // namespace

// Whether this call may have what its operation needs.
class Exchange::CallGate final : public Gate {
 public:
  explicit CallGate(const Exchange& exchange) : exchange_(exchange) {}

  Result<void, ApiError> admit(const Access& access) const override {
    if (access.unrestricted) return {};
    const auto admitted = admit_one(access);
    if (!admitted) return admitted;
    for (const Access& further : access.also) {
      if (const auto more = admit_one(further); !more) return more;
    }
    return {};
  }

 private:
  Result<void, ApiError> admit_one(const Access& access) const {
    const auto& around = exchange_.shared_.around;
    const auto decided = around.authorizer.authorize(exchange_.call_, action_of(access), access);
    if (!decided) return ApiError(decided.error());
    if (!*decided) return {};
    const bool is_anonymous = exchange_.call_.caller.kind == Caller::Kind::Anonymous;
    return common_error(exchange_.destination_.protocol, CommonError::AccessDenied,
                        is_anonymous ? "Access Denied" : (*decided)->message);
  }

  std::string action_of(const Access& access) const {
    if (!access.action.empty()) return access.action;
    return std::string(exchange_.service().signing_name) + ":" + std::string(exchange_.operation());
  }
  const Exchange& exchange_;
};

Exchange::Exchange(const Shared& shared, http::RequestHead head)
    : shared_(shared), head_(std::move(head)) {
  call_.request_id = random_uuid(shared.around.random);
  call_.received_at = shared.around.clock.now();
  call_.source_ip = head_.peer;
  call_.user_agent = std::string(head_.headers.find("User-Agent").value_or(""));
  call_.secure_transport = head_.secure;
}

const protocol::ServiceFacts& Exchange::service() const {
  return destination_.service != nullptr ? destination_.service->facts() : nobody;
}

std::string_view Exchange::operation() const {
  return destination_.operation != nullptr ? destination_.operation->facts().name : "-";
}

// Proves who signed it, and that it was signed for this service. Without a body only the head is
// proven yet.
Result<void, ApiError> Exchange::prove(const sigv4::Claim& claim,
                                       const http::RequestHead& signed_head, const ByteView* body) {
  const auto dialect = dialect_of(destination_.protocol);
  const sigv4::Expected expected{
      .service = service().signing_name, .region = {}, .dialect = dialect};
  const auto& verifier = shared_.around.verifier;
  auto proof = body != nullptr ? verifier.verify(signed_head, claim, expected, *body)
                               : verifier.verify_head(signed_head, claim, expected);
  if (!proof) return to_api_error(proof.error(), dialect);
  call_.caller = std::move(proof->caller);
  call_.region = claim.scope.region;
  payload_ = proof->payload;
  proven_ = true;
  return {};
}

// Who nobody vouches for may do what a resource opens to everybody; only S3 has such.
Result<void, ApiError> Exchange::take_as_anonymous(bool streams) {
  auto payload = sigv4::payload_of_unsigned(head_, streams);
  if (!payload) return to_api_error(payload.error(), sigv4::Dialect::S3);
  call_.caller = {.kind = Caller::Kind::Anonymous,
                  .account = {},
                  .arn = "anonymous",
                  .principal_arn = {},
                  .user_id = "anonymous",
                  .user_name = {},
                  .access_key_id = {},
                  .tags = {}};
  payload_ = *std::move(payload);
  return {};
}

// What is signed is the head as it was sent; in version two, with the bucket in its path.
Result<void, ApiError> Exchange::identify(const Result<sigv4::Claim, sigv4::Refusal>& claim,
                                          const http::RequestHead& routed, const ByteView* body) {
  if (claim) return prove(*claim, claim->is_version_two ? routed : head_, body);
  const auto dialect = dialect_of(destination_.protocol);
  const bool is_unsigned = claim.error().failure == sigv4::Failure::NoCredentials;
  if (is_unsigned && dialect == sigv4::Dialect::S3) return take_as_anonymous(body == nullptr);
  return to_api_error(claim.error(), dialect);
}

// The input of a request once it is known where it goes and who sent it. Before that nothing of the
// body is looked at but the Action of a form.
Result<Document, ApiError> Exchange::input(std::string_view body, BodyKind kind) {
  const auto claim = sigv4::read_claim(head_);
  const std::string service = claim ? claim->scope.service : "";
  const auto moved = shared_.around.bucket_hosts.with_path(head_, service);
  const auto& head = moved ? *moved : head_;
  destination_ = shared_.router.route(head, body, service);
  if (destination_.refusal) return *destination_.refusal;
  const ByteView octets = as_bytes(body);
  const auto known = identify(claim, head, kind == BodyKind::Whole ? &octets : nullptr);
  if (!known) return known.error();
  const auto& facts = destination_.operation->facts();
  auto document = protocol::wire_form(destination_.protocol).read(head, body, facts);
  if (document && destination_.protocol == Protocol::Query)
    protocol::take_query_names(*document, head, destination_.service->facts(), *facts.input);
  return document;
}

http::Response Exchange::answer(std::string& body) {
  auto response = finish(guarded([&]() -> Result<Answer, ApiError> {
    auto document = input(body, BodyKind::Whole);
    if (!document) return document.error();
    return destination_.operation->answer(*std::move(document), call_, CallGate(*this));
  }));
  const auto* operation = destination_.operation;
  if (operation != nullptr && protocol::has_secrets(*operation->facts().input)) wipe(body);
  return response;
}

Exchange::Opened Exchange::open() {
  auto upload = guarded([&]() -> Result<std::unique_ptr<Upload<Document>>, ApiError> {
    auto document = input({}, BodyKind::Stream);
    if (!document) return document.error();
    return destination_.operation->open(*std::move(document), call_, CallGate(*this));
  });
  if (!upload) return finish(upload.error());
  return *std::move(upload);
}

void Exchange::take_as(const Call& proven) {
  call_.caller = proven.caller;
  call_.region = proven.region;
  proven_ = true;
}

ApiError Exchange::not_as_signed() const {
  const sigv4::Refusal refusal{.failure = sigv4::Failure::PayloadMismatch,
                               .message =
                                   "The provided 'x-amz-content-sha256' header does not match "
                                   "what was computed."};
  return to_api_error(refusal, dialect_of(destination_.protocol));
}

http::Response Exchange::printed(const ApiError& error) const {
  return protocol::wire_form(destination_.protocol).print(error, service(), call_.request_id);
}

http::Response Exchange::printed(Answer answer) const {
  auto response =
      protocol::wire_form(destination_.protocol)
          .print(answer.output, service(), destination_.operation->facts(), call_.request_id);
  response.source = std::move(answer.content.source);
  response.length = answer.content.length;
  return response;
}

ApiError Exchange::worded(ApiError error) const {
  error = protocol::in_words_of(destination_.protocol, std::move(error));
  const auto is = [&](CommonError common) {
    return error.code == common_error(destination_.protocol, common, {}).code;
  };
  const auto& own = service();
  if (!own.validation_error.empty() && is(CommonError::Validation)) {
    error.code = own.validation_error;
  } else if (!own.internal_failure.empty() && is(CommonError::InternalFailure)) {
    error.code = own.internal_failure;
  }
  return error;
}

http::Response Exchange::finish(Result<Answer, ApiError> outcome) {
  if (outcome) {
    auto response = printed(*std::move(outcome));
    record(response.status, nullptr);
    return response;
  }
  const auto error = worded(outcome.error());
  auto response = printed(error);
  record(response.status, &error);
  return response;
}

void Exchange::abandon() { record(client_went_away, nullptr); }

void Exchange::record(int status, const ApiError* error) {
  const auto duration = stopwatch_.elapsed();
  shared_.metrics.of(service().name, operation()).count(status, duration);
  if (!proven_ && status < 500 && !shared_.strangers.take()) return;
  log(status, error, static_cast<double>(duration.count()) / 1000);
}

void Exchange::log(int status, const ApiError* error, double milliseconds) const {
  const std::initializer_list<LogField> fields{
      {"request_id", call_.request_id},
      {"service", service().name},
      {"operation", operation()},
      {"caller", call_.caller.arn},
      {"access_key_id", call_.caller.access_key_id},
      {"region", call_.region},
      {"source_ip", call_.source_ip},
      {"user_agent", cut(call_.user_agent)},
      {"status", status},
      {"error", error != nullptr ? error->code : std::string_view()},
      {"cause", error != nullptr ? std::string_view(error->cause) : std::string_view()},
      {"duration_ms", milliseconds}};
  auto& log = shared_.around.log;
  if (status < 500) return log.info("request", fields);
  status == 503 ? log.warning("request", fields) : log.error("request", fields);
}

}  // namespace everseal::aws::endpoint
