#pragma once

#include <concepts>
#include <cstdlib>
#include <type_traits>
#include <utility>
#include <variant>

#include "result/fault.h"

namespace everseal {

// A value or the reason why there is none. The names are those of C++23's std::expected, which
// GCC 12 has not got in C++20. Anything that converts to E may be returned as an error, so a Fault
// becomes an ApiError on its way up. Asking the wrong side is a bug and ends the program.
template <class T, class E = Fault>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  using error_type = E;

  template <class U = T>
    requires(std::constructible_from<T, U &&> && std::convertible_to<U &&, T> &&
             !std::same_as<std::remove_cvref_t<U>, Result> &&
             !std::same_as<std::remove_cvref_t<U>, E>)
  // NOLINTNEXTLINE(google-explicit-constructor): `return value;` is the point.
  Result(U&& value) : state_(std::in_place_index<0>, std::forward<U>(value)) {}

  template <class G>
    requires(std::convertible_to<G &&, E> && !std::convertible_to<G &&, T> &&
             !std::same_as<std::remove_cvref_t<G>, Result>)
  // NOLINTNEXTLINE(google-explicit-constructor): `return fault;` is the point.
  Result(G&& error) : state_(std::in_place_index<1>, std::forward<G>(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return held<0>(state_); }
  const T& value() const& { return held<0>(state_); }
  T&& value() && { return std::move(held<0>(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return held<1>(state_); }
  const E& error() const& { return held<1>(state_); }
  E&& error() && { return std::move(held<1>(state_)); }

  template <class U>
  T value_or(U&& other) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(other));
  }

 private:
  template <std::size_t I, class S>
  static auto& held(S& state) {
    auto* found = std::get_if<I>(&state);
    if (found == nullptr) std::abort();
    return *found;
  }
  std::variant<T, E> state_;
};

// Done, or the reason why not: `return {};` says done.
template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  Result() = default;
  template <class G>
    requires(std::convertible_to<G &&, E> && !std::same_as<std::remove_cvref_t<G>, Result>)
  // NOLINTNEXTLINE(google-explicit-constructor): `return fault;` is the point.
  Result(G&& error) : state_(std::in_place_index<1>, std::forward<G>(error)) {}

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  const E& error() const& {
    const auto* found = std::get_if<1>(&state_);
    if (found == nullptr) std::abort();
    return *found;
  }
  E&& error() && {
    auto* found = std::get_if<1>(&state_);
    if (found == nullptr) std::abort();
    return std::move(*found);
  }

 private:
  std::variant<std::monostate, E> state_;
};

using Outcome = Result<void>;

}  // namespace everseal
