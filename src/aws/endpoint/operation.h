#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/document.h"
#include "aws/protocol/facts.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"
#include "result/result.h"

namespace everseal::aws::endpoint {

// Asked once a request is understood: may this call have that access?
class Gate {
 public:
  virtual ~Gate() = default;
  virtual Result<void, ApiError> admit(const Access& access) const = 0;
};

// An operation without its types.
class AnyOperation {
 public:
  virtual ~AnyOperation() = default;

  // Reads the input, asks the gate, does it, and prints the output. The input's secrets are wiped.
  virtual Result<Document, ApiError> answer(Document input, const Call& call,
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
template <class T>
concept Operation =
    std::move_constructible<T> &&
    requires(const T& operation, const typename T::Request& request, const Call& call) {
      { T::name } -> std::convertible_to<std::string_view>;
      { operation.access(request, call) } -> std::same_as<Access>;
    } &&
    (std::invocable<const T&, const typename T::Request&> ||
     std::invocable<const T&, const typename T::Request&, const Call&>);

template <Operation T>
auto invoke(const T& operation, const typename T::Request& request, const Call& call) {
  if constexpr (std::invocable<const T&, const typename T::Request&, const Call&>) {
    return operation(request, call);
  } else {
    return operation(request);
  }
}
template <Operation T>
using ResponseOf =
    typename decltype(invoke(std::declval<const T&>(), std::declval<const typename T::Request&>(),
                             std::declval<const Call&>()))::value_type;

template <Operation T>
constexpr protocol::OperationFacts facts_of() {
  protocol::OperationFacts facts{.name = T::name,
                                 .input = &protocol::shape_of<typename T::Request>};
  if constexpr (!std::same_as<ResponseOf<T>, Empty>) {
    facts.output = &protocol::shape_of<ResponseOf<T>>;
  }
  if constexpr (requires { T::http; }) facts.http = T::http;
  if constexpr (requires { T::body_limit; }) facts.body_limit = T::body_limit;
  return facts;
}

template <Operation T>
class TypedOperation final : public AnyOperation {
 public:
  TypedOperation(T operation, protocol::Protocol spoken)
      : AnyOperation(facts_of<T>(), spoken), operation_(std::move(operation)) {}

  Result<Document, ApiError> answer(Document input, const Call& call,
                                    const Gate& gate) const override {
    const auto request = protocol::read<typename T::Request>(input, spoken());
    protocol::wipe_secrets(input, *facts().input);
    if (!request) return request.error();
    const auto admitted = gate.admit(operation_.access(*request, call));
    if (!admitted) return admitted.error();
    const auto response = invoke(operation_, *request, call);
    if (!response) return response.error();
    return protocol::print(*response);
  }

 private:
  T operation_;
};

}  // namespace everseal::aws::endpoint
