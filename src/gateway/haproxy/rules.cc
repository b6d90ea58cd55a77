#include "gateway/haproxy/rules.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "gateway/haproxy/target_groups.h"
#include "gateway/haproxy/text.h"

namespace everseal::gateway::haproxy {
namespace {

constexpr std::size_t longest_value = 1024;
constexpr unsigned most_weight = 999;

using Lines = std::vector<std::string>;

Result<std::string> expressions(const std::vector<std::string>& patterns) {
  std::string all;
  for (const auto& pattern : patterns) {
    if (const auto sound = check_printable("a pattern", pattern, longest_value); !sound) {
      return sound.error();
    }
    all += " " + as_word(expression_of(pattern));
  }
  if (all.empty()) return Fault::malformed("a condition without values");
  return all;
}

Result<std::string> words(const std::vector<std::string>& values) {
  std::string all;
  for (const auto& value : values) {
    if (const auto sound = check_printable("a value", value, longest_value); !sound) {
      return sound.error();
    }
    all += " " + as_word(value);
  }
  if (all.empty()) return Fault::malformed("a condition without values");
  return all;
}

Result<Lines> one(std::string_view test, const Result<std::string>& values) {
  if (!values) return values.error();
  return Lines{std::string(test) + " --" + *values};
}

// What stands behind the name of an ACL; several mean that any of them will do.
struct Tests {
  Result<Lines> operator()(const HostCondition& host) const {
    return one("req.hdr(host),host_only -i -m reg", expressions(host.patterns));
  }
  Result<Lines> operator()(const PathCondition& path) const {
    return one("path -m reg", expressions(path.patterns));
  }
  Result<Lines> operator()(const HeaderCondition& header) const {
    if (const auto sound = check_header_name(header.name); !sound) return sound.error();
    if (header.name.find('\'') != std::string::npos) return Fault::malformed("a quote in a name");
    return one("req.fhdr('" + header.name + "') -i -m reg", expressions(header.patterns));
  }
  Result<Lines> operator()(const MethodCondition& method) const {
    return one("method -m str", words(method.methods));
  }
  Result<Lines> operator()(const SourceCondition& source) const {
    for (const auto& range : source.ranges) {
      if (const auto sound = check_range(range); !sound) return sound.error();
    }
    return one("src", words(source.ranges));
  }
  // A query is one text here: "a=1&b=2".
  Result<Lines> operator()(const QueryCondition& query) const {
    Lines lines;
    for (const auto& [key, pattern] : query.pairs) {
      if (const auto sound = check_printable("a query", key + "=" + pattern, longest_value);
          !sound) {
        return sound.error();
      }
      lines.push_back("query -i -m reg -- " + as_word(expression_of_pair(key, pattern)));
    }
    if (lines.empty()) return Fault::malformed("a condition without values");
    return lines;
  }

  // (^|&)key=value(&|$): neither key nor value reaches into the next pair.
  static std::string expression_of_pair(std::string_view key, std::string_view pattern) {
    return "(^|&)" + (key.empty() ? std::string("[^&=]*") : within_pair(key)) + "=" +
           within_pair(pattern) + "(&|$)";
  }
  static std::string within_pair(std::string_view pattern) {
    std::string expression = expression_of(pattern);
    expression = expression.substr(1, expression.size() - 2);
    for (std::size_t at = 0; at < expression.size(); ++at) {
      if (expression[at] == '\\') {
        ++at;
      } else if (expression[at] == '.') {
        expression.replace(at, 1, "[^&]");
        at += 3;
      }
    }
    return expression;
  }
};

std::string if_rule(int number) {
  return " if { var(txn.rule) -m int " + std::to_string(number) + " }";
}

bool has_group(const State& state, std::string_view id) {
  return std::ranges::any_of(state.target_groups,
                             [&](const TargetGroup& group) { return group.id == id; });
}

// Fills in what stands as #{...} in a part of a redirection.
std::string filled_in(std::string text, const Listener& listener) {
  const std::vector<std::pair<std::string_view, std::string>> places = {
      {"#{protocol}", listener.tls ? "https" : "http"},
      {"#{host}", "%[req.hdr(host),host_only]"},
      {"#{port}", std::to_string(listener.port)},
      {"#{path}", "%[path,regsub(^/,)]"},
      {"#{query}", "%[query]"}};
  text = literal(text);
  for (const auto& [place, value] : places) {
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at)) {
      text.replace(at, place.size(), value);
      at += value.size();
    }
  }
  return text;
}

class Writer {
 public:
  Writer(const Listener& listener, const State& state, Files& files)
      : listener_(listener), state_(state), files_(files) {}

  Result<RuleLines> write() {
    auto rules = listener_.rules;
    std::ranges::sort(rules, {}, &Rule::priority);
    lines_.before.emplace_back("acl decided var(txn.rule) -m found");
    std::set<int> priorities;
    for (const auto& rule : rules) {
      if (rule.priority < 1 || !priorities.insert(rule.priority).second) {
        return Fault::malformed("a priority below 1, or twice the same");
      }
      if (const auto done = choose(rule); !done) return done.error();
    }
    lines_.before.emplace_back("http-request set-var(txn.rule) int(0) if !decided");
    for (const auto& rule : rules) {
      if (const auto done = act(rule.priority, rule.action); !done) return done.error();
    }
    if (const auto done = act(0, listener_.otherwise); !done) return done.error();
    hand_on();
    return std::move(lines_);
  }

 private:
  Outcome choose(const Rule& rule) {
    const std::string number = std::to_string(rule.priority);
    std::string all = "http-request set-var(txn.rule) int(" + number + ") if !decided";
    int count = 0;
    for (const auto& condition : rule.conditions) {
      const auto tests = std::visit(Tests{}, condition);
      if (!tests) return tests.error();
      const std::string name = "r" + number + "_" + std::to_string(++count);
      for (const auto& test : *tests) lines_.before.push_back("acl " + name + " " + test);
      all += " " + name;
    }
    lines_.before.push_back(all);
    return {};
  }

  Outcome act(int number, const Action& action) {
    return std::visit([&](const auto& each) { return act(number, each); }, action);
  }

  Outcome act(int number, const FixedResponse& fixed) {
    constexpr std::size_t longest_body = 1024;
    if (fixed.status < 200 || fixed.status > 599 || fixed.body.size() > longest_body) {
      return Fault::malformed("a fixed response that cannot be");
    }
    std::string line = "http-request return status " + std::to_string(fixed.status);
    if (!fixed.content_type.empty()) {
      if (const auto sound = check_printable("a content type", fixed.content_type, longest_value);
          !sound) {
        return sound;
      }
      const std::string file = name_of('b', fixed.body) + ".txt";
      files_[file] = fixed.body;
      line += " content-type " + as_word(fixed.content_type) + " file " + file;
    }
    lines_.before.push_back(line + " hdr Server awselb/2.0" + if_rule(number));
    return {};
  }

  Outcome act(int number, const Redirect& redirect) {
    if (redirect.status != 301 && redirect.status != 302) return Fault::malformed("a redirection");
    for (const auto* part : {&redirect.protocol, &redirect.host, &redirect.port, &redirect.path}) {
      if (const auto sound = check_printable("a redirection", *part, longest_value); !sound) {
        return sound;
      }
    }
    const std::string place =
        filled_in(redirect.protocol, listener_) + "://" + filled_in(redirect.host, listener_) +
        ":" + filled_in(redirect.port, listener_) + filled_in(redirect.path, listener_);
    const std::string code = std::to_string(redirect.status);
    if (!redirect.query.empty()) {
      if (const auto sound = check_printable("a query", redirect.query, longest_value); !sound) {
        return sound;
      }
      // A request without a query is not sent to a place with an empty one.
      const bool as_it_was = redirect.query == "#{query}";
      send_to(place + "?" + filled_in(redirect.query, listener_), code,
              if_rule(number) + (as_it_was ? " { query -m len gt 0 }" : ""));
      if (!as_it_was) return {};
    }
    send_to(place, code, if_rule(number));
    return {};
  }

  // The place is kept for the log.
  void send_to(const std::string& place, const std::string& code, const std::string& when) {
    lines_.before.push_back("http-request set-var-fmt(txn.place) " + as_word(place) + when);
    lines_.before.push_back("http-request redirect location %[var(txn.place)] code " + code + when);
  }

  // A number below the sum of the weights is drawn; the first share whose end lies above it wins.
  Outcome act(int number, const Forward& forward) {
    unsigned sum = 0;
    for (const auto& share : forward.shares) {
      if (share.weight > most_weight) return Fault::malformed("a weight above 999");
      if (!has_group(state_, share.target_group)) {
        return Fault::conflict("no target group " + share.target_group);
      }
      sum += share.weight;
    }
    if (sum == 0) {
      return act(number, FixedResponse{.status = 503});
    }
    if (forward.shares.size() > 1) {
      lines_.before.push_back("http-request set-var(txn.draw) rand(" + std::to_string(sum) + ")" +
                              if_rule(number));
    }
    unsigned end = 0;
    for (const auto& share : forward.shares) {
      if (share.weight == 0) continue;
      end += share.weight;
      const std::string drawn =
          end == sum ? "" : " { var(txn.draw) -m int lt " + std::to_string(end) + " }";
      use(share.target_group, if_rule(number) + drawn);
    }
    return {};
  }

  void use(const std::string& group, const std::string& when) {
    used_.insert(group);
    const std::string chosen = "http-request set-var(txn.group) str(" + backend_of(group) + ")";
    lines_.before.push_back(chosen + when + " !{ var(txn.group) -m found }");
  }

  // While no target of a group is healthy, all are asked.
  void hand_on() {
    for (const auto& group : state_.target_groups) {
      if (!used_.contains(group.id) || !fails_open(group)) continue;
      const std::string backend = backend_of(group.id);
      lines_.after.push_back("use_backend " + open_backend_of(group.id) +
                             " if { var(txn.group) -m str " + backend + " } { nbsrv(" + backend +
                             ") eq 0 }");
    }
    if (!used_.empty()) {
      lines_.after.emplace_back("use_backend %[var(txn.group)] if { var(txn.group) -m found }");
    }
  }

  const Listener& listener_;
  const State& state_;
  Files& files_;
  RuleLines lines_;
  std::set<std::string> used_;  // target groups
};

}  // namespace

Result<RuleLines> write_rules(const Listener& listener, const State& state, Files& files) {
  return Writer(listener, state, files).write();
}

}  // namespace everseal::gateway::haproxy
