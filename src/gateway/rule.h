#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// What becomes of a request. In patterns `*` stands for any octets, none among them, and `?` for
// one. The values of one condition are alternatives; all conditions of a rule must hold.
namespace everseal::gateway {

struct HostCondition {
  std::vector<std::string> patterns;  // case does not count; the port of Host is left out

  friend bool operator==(const HostCondition&, const HostCondition&) = default;
};
struct PathCondition {
  std::vector<std::string> patterns;  // case counts; without the query

  friend bool operator==(const PathCondition&, const PathCondition&) = default;
};
struct HeaderCondition {
  std::string name;
  std::vector<std::string> patterns;  // case does not count

  friend bool operator==(const HeaderCondition&, const HeaderCondition&) = default;
};
struct MethodCondition {
  std::vector<std::string> methods;  // as they are

  friend bool operator==(const MethodCondition&, const MethodCondition&) = default;
};
struct QueryCondition {
  struct Pair {
    std::string key = {};  // empty: any
    std::string pattern = {};

    friend bool operator==(const Pair&, const Pair&) = default;
  };
  std::vector<Pair> pairs;  // case does not count; as sent, not decoded

  friend bool operator==(const QueryCondition&, const QueryCondition&) = default;
};
struct SourceCondition {
  std::vector<std::string> ranges;  // "192.0.2.0/24": of who is connected, whatever headers say

  friend bool operator==(const SourceCondition&, const SourceCondition&) = default;
};
using Condition = std::variant<HostCondition, PathCondition, HeaderCondition, MethodCondition,
                               QueryCondition, SourceCondition>;

// To one of the groups, by weight.
struct Forward {
  struct Share {
    std::string target_group;
    unsigned weight = 1;  // 0 to 999; all 0: answered 503

    friend bool operator==(const Share&, const Share&) = default;
  };
  std::vector<Share> shares;

  friend bool operator==(const Forward&, const Forward&) = default;
};
// Each part may hold #{protocol}, #{host}, #{port}, #{path} (without its first slash), #{query}.
struct Redirect {
  std::string protocol = "#{protocol}";
  std::string host = "#{host}";
  std::string port = "#{port}";
  std::string path = "/#{path}";
  std::string query = "#{query}";
  int status = 301;  // or 302

  friend bool operator==(const Redirect&, const Redirect&) = default;
};
struct FixedResponse {
  int status = 200;               // 200 to 599
  std::string content_type = {};  // empty: there is no body
  std::string body = {};          // at most 1024 octets

  friend bool operator==(const FixedResponse&, const FixedResponse&) = default;
};
using Action = std::variant<Forward, Redirect, FixedResponse>;

struct Rule {
  int priority = 1;  // from 1; no two the same in a listener; the lowest that fits wins
  std::vector<Condition> conditions = {};
  Action action = FixedResponse{};

  friend bool operator==(const Rule&, const Rule&) = default;
};

}  // namespace everseal::gateway
