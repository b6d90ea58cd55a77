#include "configuration.h"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <string_view>
#include <variant>

#include "http/client.h"
#include "http/listen.h"
#include "services/elbv2/address_pool.h"

namespace everseal::app {
namespace {

struct Number {
  std::int64_t& (*member)(Configuration&);
  std::int64_t least;
  std::int64_t most;
};
struct Text {
  std::string& (*member)(Configuration&);
  bool (*is_right)(const std::string&);
  std::string_view right;  // "'listen' must be ..."
};
struct Flag {
  bool& (*member)(Configuration&);
};
struct Numbers {
  std::vector<std::int64_t>& (*member)(Configuration&);
  std::int64_t least;
  std::int64_t most;
  std::size_t longest;
};
struct Setting {
  std::string_view key;
  std::variant<Number, Text, Flag, Numbers> target;
};

bool is_listen(const std::string& text) { return http::Listen::parse(text).has_value(); }

bool is_publication(const std::string& text) { return text == "off" || is_listen(text); }

bool is_log_level(const std::string& text) {
  return text == "debug" || text == "info" || text == "warning" || text == "error";
}

// A name that other names can end in: "s3.pki.example".
bool is_host_name(const std::string& text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  };
  return !text.empty() && text.size() <= 253 && std::all_of(text.begin(), text.end(), fits) &&
         text.front() != '.' && text.back() != '.' && text.find("..") == text.npos;
}

bool is_address_pool(const std::string& text) {
  return elbv2::AddressPool::parse(text).has_value();
}

bool is_user_name(const std::string& text) {
  return !text.empty() && text.size() <= 32 &&
         text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == text.npos;
}

bool is_absolute_path(const std::string& text) { return text.starts_with('/'); }

using C = Configuration;
using I = std::int64_t;

// Every key there is.
const std::array kSettings = {
    Setting{"listen", Text{[](C& c) -> std::string& { return c.listen; }, is_listen,
                           "like \"127.0.0.1:4566\" or \"[::1]:4566\""}},
    Setting{"log_level", Text{[](C& c) -> std::string& { return c.log_level; }, is_log_level,
                              "\"debug\", \"info\", \"warning\" or \"error\""}},
    Setting{"console", Flag{[](C& c) -> bool& { return c.console; }}},
    Setting{"job_threads", Number{[](C& c) -> I& { return c.job_threads; }, 1, 64}},
    Setting{"limits.connections",
            Number{[](C& c) -> I& { return c.limits.connections; }, 1, 1'000'000}},
    Setting{"limits.header_bytes", Number{[](C& c) -> I& { return c.limits.header_bytes; }, 1024,
                                          std::int64_t{1024} * 1024}},
    Setting{"limits.header_seconds",
            Number{[](C& c) -> I& { return c.limits.header_seconds; }, 1, 3600}},
    Setting{"limits.body_seconds",
            Number{[](C& c) -> I& { return c.limits.body_seconds; }, 1, 3600}},
    Setting{"limits.idle_seconds",
            Number{[](C& c) -> I& { return c.limits.idle_seconds; }, 1, 86400}},
    Setting{"limits.workers", Number{[](C& c) -> I& { return c.limits.workers; }, 0, 1024}},
    Setting{"limits.queued_requests",
            Number{[](C& c) -> I& { return c.limits.queued_requests; }, 1, 100'000}},
    Setting{"keys.rsa_2048_ready",
            Number{[](C& c) -> I& { return c.keys.rsa_2048_ready; }, 0, 10'000}},
    Setting{"keys.rsa_3072_ready",
            Number{[](C& c) -> I& { return c.keys.rsa_3072_ready; }, 0, 10'000}},
    Setting{"keys.rsa_4096_ready",
            Number{[](C& c) -> I& { return c.keys.rsa_4096_ready; }, 0, 10'000}},
    Setting{"renewal.days_before_expiry",
            Number{[](C& c) -> I& { return c.renewal.days_before_expiry; }, 1, 365}},
    Setting{"renewal.attempt_minutes",
            Number{[](C& c) -> I& { return c.renewal.attempt_minutes; }, 1, 1440}},
    Setting{"renewal.validity_months",
            Number{[](C& c) -> I& { return c.renewal.validity_months; }, 1, 120}},
    Setting{"publication.listen", Text{[](C& c) -> std::string& { return c.publication.listen; },
                                       is_publication, "like \"0.0.0.0:80\", or \"off\""}},
    Setting{"publication.watch_minutes",
            Number{[](C& c) -> I& { return c.publication.watch_minutes; }, 1, 1440}},
    Setting{"publication.pem", Flag{[](C& c) -> bool& { return c.publication.pem; }}},
    Setting{"publication.deltas", Flag{[](C& c) -> bool& { return c.publication.deltas; }}},
    Setting{"publication.partition_certificates",
            Number{[](C& c) -> I& { return c.publication.partition_certificates; }, 1, 1'000'000}},
    Setting{
        "private_ca.end_notice_days",
        Numbers{[](C& c) -> std::vector<I>& { return c.private_ca.end_notice_days; }, 1, 3650, 20}},
    Setting{"log.checkpoint_seconds",
            Number{[](C& c) -> I& { return c.log.checkpoint_seconds; }, 1, 86400}},
    Setting{"s3.host_name", Text{[](C& c) -> std::string& { return c.s3.host_name; }, is_host_name,
                                 "a host name in lower case, like \"s3.pki.example\""}},
    Setting{"functions.concurrent",
            Number{[](C& c) -> I& { return c.functions.concurrent; }, 1, 256}},
    Setting{"functions.network", Flag{[](C& c) -> bool& { return c.functions.network; }}},
    Setting{"functions.idle_minutes",
            Number{[](C& c) -> I& { return c.functions.idle_minutes; }, 1, 1440}},
    Setting{"functions.bubblewrap",
            Text{[](C& c) -> std::string& { return c.functions.bubblewrap; }, is_absolute_path,
                 "an absolute path"}},
    Setting{"functions.python", Text{[](C& c) -> std::string& { return c.functions.python; },
                                     is_absolute_path, "an absolute path"}},
    Setting{"load_balancers.addresses",
            Text{[](C& c) -> std::string& { return c.load_balancers.addresses; }, is_address_pool,
                 "addresses and ranges of IPv4, like \"127.66.0.0/16, 192.0.2.10\""}},
    Setting{"load_balancers.loopback_targets",
            Flag{[](C& c) -> bool& { return c.load_balancers.loopback_targets; }}},
    Setting{"load_balancers.haproxy",
            Text{[](C& c) -> std::string& { return c.load_balancers.haproxy; }, is_absolute_path,
                 "an absolute path"}},
    Setting{"load_balancers.folder",
            Text{[](C& c) -> std::string& { return c.load_balancers.folder; }, is_absolute_path,
                 "an absolute path"}},
    Setting{"load_balancers.user", Text{[](C& c) -> std::string& { return c.load_balancers.user; },
                                        is_user_name, "the name of a user"}},
    Setting{"load_balancers.connections",
            Number{[](C& c) -> I& { return c.load_balancers.connections; }, 1, 1'000'000}},
    Setting{"load_balancers.refuse_by_outdated_lists",
            Flag{[](C& c) -> bool& { return c.load_balancers.refuse_by_outdated_lists; }}},
    Setting{"load_balancers.log_minutes",
            Number{[](C& c) -> I& { return c.load_balancers.log_minutes; }, 1, 60}},
    Setting{"trust_stores.most", Number{[](C& c) -> I& { return c.trust_stores.most; }, 0, 1000}},
    Setting{"trust_stores.ca_certificates",
            Number{[](C& c) -> I& { return c.trust_stores.ca_certificates; }, 1, 1000}},
    Setting{"trust_stores.revocation_lists",
            Number{[](C& c) -> I& { return c.trust_stores.revocation_lists; }, 0, 1000}},
    Setting{"trust_stores.revoked_entries",
            Number{[](C& c) -> I& { return c.trust_stores.revoked_entries; }, 0, 10'000'000}},
    Setting{"trust_stores.foreign_crls",
            Flag{[](C& c) -> bool& { return c.trust_stores.foreign_crls; }}},
    Setting{"trust_stores.leading_slash",
            Flag{[](C& c) -> bool& { return c.trust_stores.leading_slash; }}},
    Setting{"destinations.loopback", Flag{[](C& c) -> bool& { return c.destinations.loopback; }}},
    Setting{"destinations.ca_file",
            Text{[](C& c) -> std::string& { return c.destinations.ca_file; }, is_absolute_path,
                 "an absolute path"}},
    Setting{"functions.node", Text{[](C& c) -> std::string& { return c.functions.node; },
                                   is_absolute_path, "an absolute path"}},
};

struct OutsideKey {
  std::string_view key;
  std::string Configuration::S3::Outside::* member;
};
using Outside = Configuration::S3::Outside;
constexpr std::array<OutsideKey, 5> kOutsideKeys{{{"endpoint", &Outside::endpoint},
                                                  {"region", &Outside::region},
                                                  {"bucket", &Outside::bucket},
                                                  {"credentials_file", &Outside::credentials_file},
                                                  {"ca_file", &Outside::ca_file}}};

class Reader {
 public:
  explicit Reader(const std::filesystem::path& file) : file_(file.string()) {}

  Outcome read(const toml::table& table, const std::string& prefix, Configuration& into) {
    for (const auto& [name, node] : table) {
      const std::string key = prefix + std::string(name.str());
      const auto done =
          node.is_table() ? read_table(*node.as_table(), key, into) : read_value(node, key, into);
      if (!done) return done;
    }
    return {};
  }

  Fault refuse(const toml::node& node, const std::string& what) const {
    return Fault::malformed(file_ + ", line " + std::to_string(node.source().begin.line) + ": " +
                            what);
  }

 private:
  // The sections of outside buckets, whose names are not known before.
  Outcome read_outside(const toml::table& table, Configuration& into) const {
    for (const auto& [name, node] : table) {
      if (!node.is_table()) return refuse(node, "[s3.outside] has a section a bucket");
      Outside outside;
      outside.name = name.str();
      for (const auto& [key, value] : *node.as_table()) {
        const auto found = std::ranges::find(kOutsideKeys, key.str(), &OutsideKey::key);
        if (found == kOutsideKeys.end()) {
          return refuse(value, "unknown key 's3.outside." + outside.name + "." +
                                   std::string(key.str()) + "'");
        }
        const auto text = value.value_exact<std::string>();
        if (!text || text->empty()) {
          return refuse(value, "'" + std::string(key.str()) + "' must be a text");
        }
        outside.*found->member = *text;
      }
      if (outside.bucket.empty()) outside.bucket = outside.name;
      if (!http::Url::parse(outside.endpoint)) {
        return refuse(node, "'endpoint' must be like \"https://s3.corp.example\"");
      }
      if (outside.region.empty() || outside.credentials_file.empty()) {
        return refuse(node, "'region' and 'credentials_file' must be there");
      }
      into.s3.outside.push_back(std::move(outside));
    }
    return {};
  }

  Outcome read_table(const toml::table& table, const std::string& key, Configuration& into) {
    if (key == "s3.outside") return read_outside(table, into);
    const bool known = std::any_of(kSettings.begin(), kSettings.end(), [&](const Setting& setting) {
      return setting.key.starts_with(key + ".");
    });
    if (!known) return refuse(table, "unknown section [" + key + "]");
    return read(table, key + ".", into);
  }

  Outcome read_value(const toml::node& node, const std::string& key, Configuration& into) {
    for (const auto& setting : kSettings) {
      if (setting.key != key) continue;
      return std::visit([&](const auto& target) { return assign(target, node, key, into); },
                        setting.target);
    }
    return refuse(node, "unknown key '" + key + "'");
  }

  Outcome assign(const Number& number, const toml::node& node, const std::string& key,
                 Configuration& into) const {
    const auto value = node.value_exact<std::int64_t>();
    if (!value || *value < number.least || *value > number.most) {
      return refuse(node, "'" + key + "' must be a whole number from " +
                              std::to_string(number.least) + " to " + std::to_string(number.most));
    }
    number.member(into) = *value;
    return {};
  }
  Outcome assign(const Text& text, const toml::node& node, const std::string& key,
                 Configuration& into) const {
    const auto value = node.value_exact<std::string>();
    if (!value || !text.is_right(*value)) {
      return refuse(node, "'" + key + "' must be " + std::string(text.right));
    }
    text.member(into) = *value;
    return {};
  }
  Outcome assign(const Flag& flag, const toml::node& node, const std::string& key,
                 Configuration& into) const {
    const auto value = node.value_exact<bool>();
    if (!value) return refuse(node, "'" + key + "' must be true or false");
    flag.member(into) = *value;
    return {};
  }
  Outcome assign(const Numbers& numbers, const toml::node& node, const std::string& key,
                 Configuration& into) const {
    std::vector<std::int64_t> values;
    const auto* list = node.as_array();
    bool is_right = list != nullptr && list->size() <= numbers.longest;
    for (std::size_t at = 0; is_right && at < list->size(); ++at) {
      const auto value = (*list)[at].value_exact<std::int64_t>();
      is_right = value && *value >= numbers.least && *value <= numbers.most;
      if (is_right) values.push_back(*value);
    }
    if (!is_right) {
      return refuse(node, "'" + key + "' must be a list of at most " +
                              std::to_string(numbers.longest) + " whole numbers from " +
                              std::to_string(numbers.least) + " to " +
                              std::to_string(numbers.most));
    }
    numbers.member(into) = std::move(values);
    return {};
  }

  std::string file_;
};

}  // namespace

Result<Configuration> read_configuration(const std::filesystem::path& file) {
  if (!std::ifstream(file)) return Fault::unavailable("cannot read " + file.string());
  Configuration configuration;
  try {
    const toml::table table = toml::parse_file(file.string());
    const auto read = Reader(file).read(table, "", configuration);
    if (!read) return read.error();
  } catch (const toml::parse_error& error) {  // how toml++ says that a file is no TOML
    return Fault::malformed(file.string() + ", line " + std::to_string(error.source().begin.line) +
                            ": " + std::string(error.description()));
  }
  return configuration;
}

}  // namespace everseal::app
