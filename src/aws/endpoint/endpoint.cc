#include "aws/endpoint/endpoint.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "aws/endpoint/exchange.h"
#include "aws/endpoint/guarded.h"
#include "aws/endpoint/line_budget.h"
#include "aws/endpoint/router.h"
#include "aws/protocol/common_error.h"
#include "aws/protocol/wire_form.h"
#include "aws/sigv4/chunked_body.h"
#include "aws/sigv4/claim.h"
#include "crypto/digest.h"

namespace everseal::aws::endpoint {
namespace {

using protocol::CommonError;
using Operations = std::vector<std::pair<std::string_view, std::string_view>>;

constexpr std::size_t usual_body_limit = 1 << 20;  // where no service is known from the head
constexpr std::uint32_t lines_of_strangers = 50;   // a second

// One service in two protocols, rather than two services.
bool is_same_service(const protocol::ServiceFacts& one, const protocol::ServiceFacts& other) {
  return one.signing_name == other.signing_name && one.protocol != other.protocol;
}

// Whose requests, and whose figures, could be told apart. One that speaks two protocols stands
// there twice, and has the same figures.
std::vector<Service> distinct(std::vector<Service> services) {
  for (auto one = services.begin(); one != services.end(); ++one) {
    for (auto other = services.begin(); other != one; ++other) {
      const auto& name = one->facts().name;
      if (name == other->facts().name && !is_same_service(one->facts(), other->facts()))
        throw std::logic_error("two services are called " + std::string(name));
    }
  }
  return services;
}

std::vector<const Service*> pointers_to(const std::vector<Service>& services) {
  std::vector<const Service*> pointers;
  pointers.reserve(services.size());
  for (const auto& service : services) pointers.push_back(&service);
  return pointers;
}

Operations names_of_operations(const std::vector<Service>& services) {
  Operations names;
  for (const auto& service : services) {
    for (const auto& [name, operation] : service.operations()) {
      names.emplace_back(service.facts().name, name);
    }
  }
  return names;
}

std::size_t body_limit(const Destination& destination) {
  if (destination.operation != nullptr && destination.operation->facts().body_limit > 0) {
    return destination.operation->facts().body_limit;
  }
  return destination.service != nullptr ? destination.service->facts().body_limit
                                        : usual_body_limit;
}

bool is_streamed(const Destination& destination) {
  return destination.operation != nullptr &&
         destination.operation->facts().body == BodyKind::Stream;
}

CommonError in_aws_words(http::Refusal refusal) {
  switch (refusal) {
    case http::Refusal::Busy:
    case http::Refusal::TooManyConnections:
      return CommonError::Throttled;
    case http::Refusal::BodyTooLarge:
      return CommonError::RequestTooLarge;
    case http::Refusal::Broken:
      return CommonError::InternalFailure;
    case http::Refusal::Timeout:
      return CommonError::RequestTimeout;
    default:
      return CommonError::BadRequest;
  }
}

// Nobody asks it of a request that names its target.
std::string claimed_service(const http::RequestHead& head) {
  if (head.headers.find("X-Amz-Target")) return {};
  const auto claim = sigv4::read_claim(head);
  return claim ? claim->scope.service : std::string();
}

// A streamed body on its way to the operation; what was signed is compared before it counts.
class SignedUpload final : public http::BodySink {
 public:
  SignedUpload(std::unique_ptr<Exchange> exchange, std::unique_ptr<Upload<Document>> upload,
               std::optional<sigv4::ChunkedBody> chunks)
      : exchange_(std::move(exchange)), upload_(std::move(upload)), chunks_(std::move(chunks)) {}
  ~SignedUpload() override {
    if (answered_) return;
    learn_caller();
    exchange_->abandon();
  }

  std::optional<http::Response> write(ByteView piece) override {
    if (exchange_->payload().sha256) digest_.update(piece);
    const auto written = guarded([&]() -> Result<void, ApiError> {
      if (!chunks_) return upload_->write(piece);
      return chunks_->write(piece, [this](ByteView octets) { return upload_->write(octets); });
    });
    if (written) return std::nullopt;
    return answer(written.error());
  }

  http::Response finish() override {
    const auto& wanted = exchange_->payload().sha256;
    if (wanted && digest_.finish() != *wanted) return answer(exchange_->not_as_signed());
    return answer(guarded([&]() -> Result<Answer, ApiError> {
      if (auto taken = end_chunks(); !taken) return taken.error();
      auto document = upload_->finish();
      if (!document) return document.error();
      return Answer(*std::move(document));
    }));
  }

 private:
  Result<void, ApiError> end_chunks() {
    if (!chunks_) return {};
    const auto trailers = chunks_->finish();
    if (!trailers) return trailers.error();
    return upload_->take_trailers(*trailers);
  }
  void learn_caller() {
    if (const auto* proven = upload_->proven_call()) exchange_->take_as(*proven);
  }
  http::Response answer(Result<Answer, ApiError> outcome) {
    answered_ = true;
    learn_caller();
    return exchange_->finish(std::move(outcome));
  }

  std::unique_ptr<Exchange> exchange_;
  std::unique_ptr<Upload<Document>> upload_;
  std::optional<sigv4::ChunkedBody> chunks_;
  crypto::Sha256 digest_;
  bool answered_ = false;
};

using Opened = std::variant<std::unique_ptr<http::BodySink>, http::Response>;

// The framing is understood before any of the body is asked for.
Opened opened(std::unique_ptr<Exchange> exchange, std::unique_ptr<Upload<Document>> upload) {
  std::optional<sigv4::ChunkedBody> chunks;
  if (exchange->payload().chunks) {
    auto begun = sigv4::ChunkedBody::begin(exchange->head(), *exchange->payload().chunks);
    if (!begun) return exchange->finish(begun.error());
    chunks = *std::move(begun);
  }
  return std::make_unique<SignedUpload>(std::move(exchange), std::move(upload), std::move(chunks));
}

}  // namespace

class Endpoint::Impl {
 public:
  Impl(std::vector<Service> services, const Surroundings& surroundings)
      : services_(distinct(std::move(services))),
        around_(surroundings),
        router_(pointers_to(services_)),
        metrics_(names_of_operations(services_)) {}

  Shared shared() {
    return {.around = around_, .router = router_, .metrics = metrics_, .strangers = strangers_};
  }
  Destination glance(const http::RequestHead& head) const {
    const auto service = claimed_service(head);
    const auto moved = around_.bucket_hosts.with_path(head, service);
    return router_.glance(moved ? *moved : head, service);
  }
  RequestMetrics& metrics() { return metrics_; }
  Random& random() const { return around_.random; }

  http::Response worded(http::Refusal refusal, const http::RequestHead* head,
                        const std::string& id) const;
  void record(http::Refusal refusal, const http::RequestHead* head, const std::string& id,
              int status);

 private:
  const std::vector<Service> services_;
  const Surroundings around_;
  const Router router_;
  RequestMetrics metrics_;
  LineBudget strangers_{lines_of_strangers};
};

// Where AWS has no word of its own for it, or it is not known which service's words to use, HTTP's
// status says more than theirs.
http::Response Endpoint::Impl::worded(http::Refusal refusal, const http::RequestHead* head,
                                      const std::string& id) const {
  const std::string sentence(http::sentence_of(refusal));
  if (head == nullptr) {
    http::Response response{.status = http::status_of(refusal)};
    response.headers.add("Content-Type", "text/plain; charset=utf-8");
    response.headers.add("x-amzn-RequestId", id);
    response.body = sentence + "\n";
    return response;
  }
  const auto destination = glance(*head);
  const protocol::ServiceFacts facts =
      destination.service != nullptr ? destination.service->facts() : protocol::ServiceFacts{};
  const auto word = in_aws_words(refusal);
  auto response = protocol::wire_form(destination.protocol)
                      .print(common_error(destination.protocol, word, sentence), facts, id);
  const bool is_theirs = destination.service != nullptr && word != CommonError::BadRequest;
  if (!is_theirs) response.status = http::status_of(refusal);
  return response;
}

// Nobody has proven anything yet.
void Endpoint::Impl::record(http::Refusal refusal, const http::RequestHead* head,
                            const std::string& id, int status) {
  metrics_.of("-", "-").count(status, std::chrono::microseconds(0));
  if (!strangers_.take()) return;
  const auto write = status < 500 ? &Log::info : &Log::warning;
  (around_.log.*write)("request.refused",
                       {{"request_id", id},
                        {"source_ip", head != nullptr ? head->peer : std::string()},
                        {"status", status},
                        {"cause", http::sentence_of(refusal)}});
}

Endpoint::Endpoint(std::vector<Service> services, const Surroundings& surroundings)
    : impl_(std::make_unique<Impl>(std::move(services), surroundings)) {}

Endpoint::~Endpoint() = default;

const RequestMetrics& Endpoint::metrics() const { return impl_->metrics(); }

http::Route Endpoint::route(const http::RequestHead& head) {
  const auto destination = impl_->glance(head);
  const std::size_t limit = body_limit(destination);
  if (is_streamed(destination)) return http::StreamedBody{.limit = limit};
  return http::WholeBody{.limit = limit};
}

http::Response Endpoint::respond(http::Request request) {
  return Exchange(impl_->shared(), std::move(request.head)).answer(request.body);
}

std::variant<std::unique_ptr<http::BodySink>, http::Response> Endpoint::open(
    http::RequestHead head) {
  auto exchange = std::make_unique<Exchange>(impl_->shared(), std::move(head));
  auto upload = exchange->open();
  if (auto* response = std::get_if<http::Response>(&upload)) return std::move(*response);
  return opened(std::move(exchange), std::get<0>(std::move(upload)));
}

http::Response Endpoint::refuse(http::Refusal refusal, const http::RequestHead* head) {
  const auto id = random_uuid(impl_->random());
  auto response = impl_->worded(refusal, head, id);
  impl_->record(refusal, head, id, response.status);
  return response;
}

}  // namespace everseal::aws::endpoint
