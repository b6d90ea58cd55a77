#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "keys/vault.h"
#include "result/result.h"

namespace everseal::keys {

// URLs at which something is fetched for ten minutes by whoever knows them. What they lead to, and
// until when, is sealed in them: nothing is kept. Thread-safe.
class SealedLinks {
 public:
  static constexpr std::chrono::minutes validity{10};

  // What one kind of them leads to.
  struct Kind {
    std::string_view context;  // as of a sealed secret
    std::string_view path;     // "/.trust-store/": they begin with it
  };
  // `url`: where the server is reached, "https://pki.example:4566".
  SealedLinks(const Vault& vault, const Clock& clock, std::function<std::string()> url, Kind kind);

  Result<std::string> to(std::string_view goal) const;

  struct Opened {
    std::string goal;
    bool is_over;
  };
  // What the path of a request leads to. Nothing: that is no link that was ever made.
  std::optional<Opened> open(std::string_view path) const;

 private:
  const Vault& vault_;
  const Clock& clock_;
  const std::function<std::string()> url_;
  const Kind kind_;
};

}  // namespace everseal::keys
