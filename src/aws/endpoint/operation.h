#pragma once

#include <concepts>
#include <memory>
#include <string_view>
#include <type_traits>
#include <utility>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/document.h"
#include "aws/endpoint/answer.h"
#include "aws/protocol/facts.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"
#include "encoding/bytes.h"
#include "result/result.h"

namespace everseal::aws::endpoint {

// Asked once a request is understood: may this call have that access?
class Gate {
 public:
  virtual ~Gate() = default;
  virtual Result<void, ApiError> admit(const Access& access) const = 0;
};

// Takes the body of one request piece by piece, in order. Destroyed without `finish` when the
// client went away or its body is not what it signed: then nothing of it counts.
template <class Response>
class Upload {
 public:
  virtual ~Upload() = default;
  // An error refuses the rest.
  virtual Result<void, ApiError> write(ByteView piece) = 0;
  // The headers that followed a body in chunks; called before `finish` if there are any.
  virtual Result<void, ApiError> take_trailers(const http::Headers&) { return {}; }
  // All of it has arrived, and is what was signed.
  virtual Result<Response, ApiError> finish() = 0;
  // Whose call it has turned out to be, once that is proven, where the body says so and not the
  // head. Null: whose it was taken for.
  virtual const Call* proven_call() const { return nullptr; }
};

// An operation without its types.
class AnyOperation {
 public:
  virtual ~AnyOperation() = default;

  // Reads the input, asks the gate, does it, and prints the output. The input's secrets are wiped.
  // For operations with BodyKind::Whole.
  virtual Result<Answer, ApiError> answer(Document input, const Call& call,
                                          const Gate& gate) const = 0;
  // The same for BodyKind::Stream, up to where the body is wanted.
  virtual Result<std::unique_ptr<Upload<Document>>, ApiError> open(Document input, const Call& call,
                                                                   const Gate& gate) const = 0;

  const protocol::OperationFacts& facts() const { return facts_; }

 protected:
  AnyOperation(protocol::OperationFacts facts, protocol::Protocol spoken)
      : facts_(facts), protocol_(spoken) {}
  protocol::Protocol spoken() const { return protocol_; }

 private:
  protocol::OperationFacts facts_;
  protocol::Protocol protocol_;
};

// What an operation type gives:
//   static constexpr std::string_view name = "DeleteCertificate";
//   struct Request { ... static constexpr auto fields = ...; };        or using Request =
//   aws::Empty aws::Access access(const Request&, const aws::Call&) const; Result<Response,
//   ApiError> operator()(const Request&) const;  or (const Request&, const Call&)
// Response is a struct with fields; aws::Empty says that the model has no output shape at all. It
// is copied or moved into the service, so it holds references and values. Optionally:
//   static constexpr aws::Http http{...};                 operations of the rest protocols
//   static constexpr std::size_t body_limit = 6 << 20;    octets, instead of the service's
//
// One whose body comes as a stream has, instead of operator():
//   Result<std::unique_ptr<Upload<Response>>, ApiError> open(const Request&, const Call&) const;
// One that answers with a stream has a member `aws::Content content` in its Response.
template <class T>
concept Described =
    std::move_constructible<T> &&
    requires(const T& operation, const typename T::Request& request, const Call& call) {
      { T::name } -> std::convertible_to<std::string_view>;
      { operation.access(request, call) } -> std::same_as<Access>;
    };
template <class T>
concept Streamed = Described<T> && requires(const T& operation, const typename T::Request& request,
                                            const Call& call) {
  { operation.open(request, call).value()->finish() };
};
template <class T>
concept Operation =
    Streamed<T> ||
    (Described<T> && (std::invocable<const T&, const typename T::Request&> ||
                      std::invocable<const T&, const typename T::Request&, const Call&>));

template <Operation T>
auto invoke(const T& operation, const typename T::Request& request, const Call& call) {
  if constexpr (std::invocable<const T&, const typename T::Request&, const Call&>) {
    return operation(request, call);
  } else {
    return operation(request);
  }
}
template <class T>
struct ResponseOfOperation {
  using Type =
      typename decltype(invoke(std::declval<const T&>(), std::declval<const typename T::Request&>(),
                               std::declval<const Call&>()))::value_type;
};
template <Streamed T>
struct ResponseOfOperation<T> {
  using Type =
      typename std::remove_cvref_t<decltype(std::declval<const T&>()
                                                .open(std::declval<const typename T::Request&>(),
                                                      std::declval<const Call&>())
                                                .value()
                                                ->finish())>::value_type;
};
template <Operation T>
using ResponseOf = typename ResponseOfOperation<T>::Type;

template <Operation T>
constexpr protocol::OperationFacts facts_of() {
  protocol::OperationFacts facts{.name = T::name,
                                 .input = &protocol::shape_of<typename T::Request>,
                                 .body = Streamed<T> ? BodyKind::Stream : BodyKind::Whole};
  if constexpr (!std::same_as<ResponseOf<T>, Empty>) {
    facts.output = &protocol::shape_of<ResponseOf<T>>;
  }
  if constexpr (requires { T::http; }) facts.http = T::http;
  if constexpr (requires { T::body_limit; }) facts.body_limit = T::body_limit;
  return facts;
}

template <class Response>
class PrintedUpload final : public Upload<Document> {
 public:
  explicit PrintedUpload(std::unique_ptr<Upload<Response>> typed) : typed_(std::move(typed)) {}

  Result<void, ApiError> write(ByteView piece) override { return typed_->write(piece); }
  Result<void, ApiError> take_trailers(const http::Headers& trailers) override {
    return typed_->take_trailers(trailers);
  }
  Result<Document, ApiError> finish() override {
    const auto answer = typed_->finish();
    if (!answer) return answer.error();
    return protocol::print(*answer);
  }
  const Call* proven_call() const override { return typed_->proven_call(); }

 private:
  std::unique_ptr<Upload<Response>> typed_;
};

template <class Response>
Answer printed(Response response) {
  if constexpr (requires { response.content.source; }) {
    auto output = protocol::print(response);
    return {std::move(output), std::move(response.content)};
  } else {
    return protocol::print(response);
  }
}

template <Operation T>
class TypedOperation final : public AnyOperation {
 public:
  using Request = typename T::Request;

  TypedOperation(T operation, protocol::Protocol spoken)
      : AnyOperation(facts_of<T>(), spoken), operation_(std::move(operation)) {}

  Result<Answer, ApiError> answer(Document input, const Call& call,
                                  const Gate& gate) const override {
    if constexpr (Streamed<T>) {
      return ApiError(Fault::broken("a streamed operation was given a whole body"));
    } else {
      const auto request = admitted(std::move(input), call, gate);
      if (!request) return request.error();
      auto response = invoke(operation_, *request, call);
      if (!response) return response.error();
      return printed(*std::move(response));
    }
  }

  Result<std::unique_ptr<Upload<Document>>, ApiError> open(Document input, const Call& call,
                                                           const Gate& gate) const override {
    if constexpr (Streamed<T>) {
      const auto request = admitted(std::move(input), call, gate);
      if (!request) return request.error();
      auto upload = operation_.open(*request, call);
      if (!upload) return upload.error();
      return std::make_unique<PrintedUpload<ResponseOf<T>>>(*std::move(upload));
    } else {
      return ApiError(Fault::broken("an operation that wants a whole body was given a stream"));
    }
  }

 private:
  Result<Request, ApiError> admitted(Document input, const Call& call, const Gate& gate) const {
    auto request = protocol::read<Request>(input, spoken());
    protocol::wipe_secrets(input, *facts().input);
    if (!request) return request;
    const auto fine = gate.admit(operation_.access(*request, call));
    if (!fine) return fine.error();
    return request;
  }

  T operation_;
};

}  // namespace everseal::aws::endpoint
