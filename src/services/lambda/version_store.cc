#include "services/lambda/version_store.h"

#include <charconv>
#include <cstdint>
#include <initializer_list>
#include <utility>

#include "services/lambda/function_store.h"
#include "services/lambda/names.h"

namespace everseal::lambda {
namespace {

Result<Function> version_in(const sql::Row& row, const keys::Vault& vault) {
  auto function = function_in(row, vault);
  if (!function) return function.error();
  constexpr std::size_t number = 24;
  function->version = std::to_string(row.integer(number));
  function->qualifier = function->version;
  return function;
}

Result<std::optional<Function>> version_in(const Result<std::optional<sql::Row>>& row,
                                           const keys::Vault& vault) {
  if (!row) return row.error();
  if (!*row) return std::optional<Function>();
  auto function = version_in(**row, vault);
  if (!function) return function.error();
  return std::optional(*std::move(function));
}

Alias alias_in(const sql::Row& row) {
  return {.function_arn = row.text(0),
          .name = row.text(1),
          .version = row.text(2),
          .description = row.text(3),
          .revision_id = row.text(4),
          .other_version = row.maybe_text(5),
          .other_millionths = row.maybe_integer(6)};
}

// In one spelling only, for rights are asked for what was written: "7", neither "07" nor "-7".
std::optional<std::int64_t> number_in(std::string_view qualifier) {
  std::int64_t number = 0;
  const auto* const end = qualifier.data() + qualifier.size();
  const auto [stopped, error] = std::from_chars(qualifier.data(), end, number);
  const bool is_plain = error == std::errc() && stopped == end && number > 0;
  if (!is_plain || std::to_string(number) != qualifier) return std::nullopt;
  return number;
}

Outcome run_all(sql::Transaction& tx, std::initializer_list<std::string_view> statements,
                std::string_view function_arn) {
  for (const auto statement : statements) {
    const auto done = tx.run(statement, function_arn);
    if (!done) return done.error();
  }
  return {};
}

}  // namespace

Result<std::optional<Function>> find_version(sql::Snapshot& view, const keys::Vault& vault,
                                             std::string_view function_arn, std::int64_t number) {
  return version_in(
      view.one("SELECT f.arn, f.account, f.region, f.name, v.role, v.runtime, v.handler, "
               "v.description, v.timeout_seconds, v.memory_megabytes, v.temporary_megabytes, "
               "v.sealed_environment, v.code_sha256, v.code_size, v.revision_id, v.modified_at, "
               "f.reserved, f.retries, f.event_age_seconds, f.events_configured_at, f.policy, "
               "v.dead_letters, f.on_success, f.on_failure, "
               "v.number FROM lambda_version v JOIN lambda_function f ON f.arn = v.function_arn "
               "WHERE v.function_arn = $1 AND v.number = $2",
               function_arn, number),
      vault);
}

Result<std::vector<Function>> list_versions(sql::Snapshot& view, const keys::Vault& vault,
                                            std::string_view function_arn, std::int64_t after,
                                            std::int64_t limit) {
  const auto rows = view.all(
      "SELECT f.arn, f.account, f.region, f.name, v.role, v.runtime, v.handler, "
      "v.description, v.timeout_seconds, v.memory_megabytes, v.temporary_megabytes, "
      "v.sealed_environment, v.code_sha256, v.code_size, v.revision_id, v.modified_at, "
      "f.reserved, f.retries, f.event_age_seconds, f.events_configured_at, f.policy, "
      "v.dead_letters, f.on_success, f.on_failure, "
      "v.number FROM lambda_version v JOIN lambda_function f ON f.arn = v.function_arn "
      "WHERE v.function_arn = $1 AND v.number > $2 ORDER BY v.number LIMIT $3",
      function_arn, after, limit);
  if (!rows) return rows.error();
  std::vector<Function> versions;
  for (const auto& row : *rows) {
    auto version = version_in(row, vault);
    if (!version) return version.error();
    versions.push_back(*std::move(version));
  }
  return versions;
}

Result<std::optional<Function>> last_version(sql::Snapshot& view, const keys::Vault& vault,
                                             std::string_view function_arn) {
  const auto row =
      view.one("SELECT last_version FROM lambda_function WHERE arn = $1", function_arn);
  if (!row) return row.error();
  if (!*row) return std::optional<Function>();
  return find_version(view, vault, function_arn, (*row)->integer(0));
}

Result<std::int64_t> add_version(sql::Transaction& tx, const Function& function,
                                 std::string_view description, std::string_view revision_id) {
  const auto row = tx.one(
      "UPDATE lambda_function SET last_version = last_version + 1 WHERE arn = $1 "
      "RETURNING last_version",
      function.arn);
  if (!row) return row.error();
  const auto number = (*row)->integer(0);
  const auto kept = tx.run(
      "INSERT INTO lambda_version (function_arn, number, role, runtime, handler, description, "
      "timeout_seconds, memory_megabytes, temporary_megabytes, sealed_environment, code_sha256, "
      "code_size, revision_id, modified_at, dead_letters) SELECT arn, last_version, role, runtime, "
      "handler, $2, "
      "timeout_seconds, memory_megabytes, temporary_megabytes, sealed_environment, code_sha256, "
      "code_size, $3, modified_at, dead_letters FROM lambda_function WHERE arn = $1",
      function.arn, description, revision_id);
  if (!kept) return kept.error();
  const auto code = tx.run(
      "INSERT INTO lambda_version_code (function_arn, code_sha256, zip) SELECT function_arn, $2, "
      "zip FROM lambda_code WHERE function_arn = $1 ON CONFLICT DO NOTHING",
      function.arn, function.code_sha256);
  if (!code) return code.error();
  return number;
}

Outcome remove_version(sql::Transaction& tx, std::string_view function_arn, std::int64_t number) {
  const auto removed = tx.run("DELETE FROM lambda_version WHERE function_arn = $1 AND number = $2",
                              function_arn, number);
  if (!removed) return removed.error();
  const auto code = tx.run(
      "DELETE FROM lambda_version_code WHERE function_arn = $1 AND code_sha256 NOT IN "
      "(SELECT code_sha256 FROM lambda_version WHERE function_arn = $1)",
      function_arn);
  if (!code) return code.error();
  return put_policy(tx, function_arn, std::to_string(number), std::nullopt);
}

Result<std::optional<Bytes>> code_of_version(sql::Snapshot& view, std::string_view function_arn,
                                             std::string_view sha256) {
  const auto row =
      view.one("SELECT zip FROM lambda_version_code WHERE function_arn = $1 AND code_sha256 = $2",
               function_arn, sha256);
  if (!row) return row.error();
  if (!*row) return std::optional<Bytes>();
  return std::optional((*row)->blob(0));
}

Result<std::optional<Alias>> find_alias(sql::Snapshot& view, std::string_view function_arn,
                                        std::string_view name) {
  const auto row = view.one(
      "SELECT function_arn, name, version, description, revision_id, other_version, "
      "other_millionths FROM lambda_alias WHERE function_arn = $1 AND name = $2",
      function_arn, name);
  if (!row) return row.error();
  if (!*row) return std::optional<Alias>();
  return std::optional(alias_in(**row));
}

Result<std::vector<Alias>> list_aliases(sql::Snapshot& view, std::string_view function_arn,
                                        const std::optional<std::string>& version,
                                        std::string_view after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT function_arn, name, version, description, revision_id, other_version, "
      "other_millionths FROM lambda_alias WHERE function_arn = $1 AND name > $2 AND "
      "($3 = '' OR version = $3 OR other_version = $3) ORDER BY name LIMIT $4",
      function_arn, after, version.value_or(""), limit);
  if (!rows) return rows.error();
  std::vector<Alias> aliases;
  for (const auto& row : *rows) aliases.push_back(alias_in(row));
  return aliases;
}

Outcome add_alias(sql::Transaction& tx, const Alias& alias) {
  const auto added = tx.run(
      "INSERT INTO lambda_alias (function_arn, name, version, description, revision_id, "
      "other_version, other_millionths) VALUES ($1, $2, $3, $4, $5, $6, $7)",
      alias.function_arn, alias.name, alias.version, alias.description, alias.revision_id,
      alias.other_version, alias.other_millionths);
  if (!added) return added.error();
  return {};
}

Outcome change_alias(sql::Transaction& tx, const Alias& alias) {
  const auto changed = tx.run(
      "UPDATE lambda_alias SET version = $3, description = $4, revision_id = $5, "
      "other_version = $6, other_millionths = $7 WHERE function_arn = $1 AND name = $2",
      alias.function_arn, alias.name, alias.version, alias.description, alias.revision_id,
      alias.other_version, alias.other_millionths);
  if (!changed) return changed.error();
  return {};
}

Outcome remove_alias(sql::Transaction& tx, std::string_view function_arn, std::string_view name) {
  const auto removed =
      tx.run("DELETE FROM lambda_alias WHERE function_arn = $1 AND name = $2", function_arn, name);
  if (!removed) return removed.error();
  return put_policy(tx, function_arn, name, std::nullopt);
}

Result<std::optional<std::string>> policy_of(sql::Snapshot& view, std::string_view function_arn,
                                             std::string_view qualifier) {
  const auto row =
      qualifier.empty() || qualifier == latest_version
          ? view.one("SELECT policy FROM lambda_function WHERE arn = $1", function_arn)
          : view.one("SELECT policy FROM lambda_policy WHERE function_arn = $1 AND qualifier = $2",
                     function_arn, qualifier);
  if (!row) return row.error();
  return *row ? (*row)->maybe_text(0) : std::optional<std::string>();
}

Outcome put_policy(sql::Transaction& tx, std::string_view function_arn, std::string_view qualifier,
                   const std::optional<std::string>& policy) {
  const auto put =
      policy ? tx.run(
                   "INSERT INTO lambda_policy (function_arn, qualifier, policy) "
                   "VALUES ($1, $2, $3) ON CONFLICT (function_arn, qualifier) "
                   "DO UPDATE SET policy = excluded.policy",
                   function_arn, qualifier, *policy)
             : tx.run("DELETE FROM lambda_policy WHERE function_arn = $1 AND qualifier = $2",
                      function_arn, qualifier);
  if (!put) return put.error();
  return {};
}

Result<std::string> revision_of(sql::Snapshot& view, const Function& function) {
  const auto alias = find_alias(view, function.arn, function.qualifier);
  if (!alias) return alias.error();
  return *alias ? (*alias)->revision_id : function.revision_id;
}

Outcome change_revision(sql::Transaction& tx, const Function& function, std::string_view revision) {
  const bool is_alias = function.qualifier != function.version;
  const auto changed =
      is_alias ? tx.run(
                     "UPDATE lambda_alias SET revision_id = $3 WHERE function_arn = $1 AND "
                     "name = $2",
                     function.arn, function.qualifier, revision)
               : tx.run(
                     "UPDATE lambda_version SET revision_id = $3 WHERE function_arn = $1 AND "
                     "number = $2",
                     function.arn, *number_in(function.qualifier), revision);
  if (!changed) return changed.error();
  return {};
}

Outcome remove_published(sql::Transaction& tx, std::string_view function_arn) {
  return run_all(tx,
                 {"DELETE FROM lambda_policy WHERE function_arn = $1",
                  "DELETE FROM lambda_alias WHERE function_arn = $1",
                  "DELETE FROM lambda_version WHERE function_arn = $1",
                  "DELETE FROM lambda_version_code WHERE function_arn = $1"},
                 function_arn);
}

std::int64_t cast_dice(Random& random) {
  std::uint32_t number = 0;
  for (const auto octet : random.bytes(sizeof number)) number = number << 8U | octet;
  return number % the_first;
}

Result<std::optional<Function>> find_qualified(sql::Snapshot& view, const keys::Vault& vault,
                                               std::string_view function_arn,
                                               std::string_view qualifier, std::int64_t dice) {
  if (const auto number = number_in(qualifier)) {
    return find_version(view, vault, function_arn, *number);
  }
  if (qualifier.empty() || qualifier == latest_version) {
    auto function = find_function(view, vault, function_arn);
    if (function && *function) (*function)->qualifier = qualifier;
    return function;
  }
  const auto alias = find_alias(view, function_arn, qualifier);
  if (!alias) return alias.error();
  if (!*alias) return std::optional<Function>();
  const auto& [_, name, version, description, revision, other, millionths] = **alias;
  auto function = find_qualified(view, vault, function_arn,
                                 other && dice < millionths.value_or(0) ? *other : version);
  if (function && *function) (*function)->qualifier = qualifier;
  return function;
}

}  // namespace everseal::lambda
