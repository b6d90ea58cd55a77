#include "services/lambda/function_store.h"

#include <utility>

#include "aws/document.h"
#include "aws/protocol/json.h"
#include "secret/secret.h"
#include "services/lambda/version_store.h"

namespace everseal::lambda {
namespace {

std::string context_of(std::string_view arn) { return "lambda.environment " + std::string(arn); }

Result<Bytes> sealed(const keys::Vault& vault, std::string_view arn, const Variables& variables) {
  aws::Document::Members members;
  for (const auto& [name, value] : variables) members.emplace_back(name, aws::Document(value));
  auto text = aws::protocol::print_json(aws::Document(std::move(members)));
  const auto secret = SecretBytes::copy_of(text);
  wipe(text);
  return vault.seal(secret, context_of(arn));
}

Result<Variables> opened(const keys::Vault& vault, std::string_view arn, ByteView sealed) {
  const auto secret = vault.open(sealed, context_of(arn));
  if (!secret) return secret.error();
  const auto document = aws::protocol::parse_json(secret->reveal_text());
  if (!document) return document.error();
  Variables variables;
  const auto* members = document->as<aws::Document::Members>();
  if (members == nullptr) return Fault::broken("the environment of a function is no object");
  for (const auto& [name, value] : *members) {
    const auto* text = value.as<std::string>();
    variables.emplace(name, text == nullptr ? std::string() : *text);
  }
  return variables;
}

}  // namespace

Result<Function> function_in(const sql::Row& row, const keys::Vault& vault) {
  Function function{.arn = row.text(0),
                    .account = row.text(1),
                    .region = row.text(2),
                    .name = row.text(3),
                    .role = row.text(4),
                    .runtime = row.text(5),
                    .handler = row.text(6),
                    .description = row.text(7),
                    .timeout_seconds = row.integer(8),
                    .memory_megabytes = row.integer(9),
                    .temporary_megabytes = row.integer(10),
                    .environment = {},
                    .code_sha256 = row.text(12),
                    .code_size = row.integer(13),
                    .revision_id = row.text(14),
                    .modified_at = row.time(15),
                    .reserved = row.maybe_integer(16),
                    .events = {.retries = row.maybe_integer(17),
                               .age_seconds = row.maybe_integer(18),
                               .configured_at = row.maybe_time(19),
                               .on_success = row.text(22),
                               .on_failure = row.text(23)},
                    .dead_letters = row.text(21),
                    .policy = row.maybe_text(20)};
  auto environment = opened(vault, function.arn, row.blob(11));
  if (!environment) return environment.error();
  function.environment = *std::move(environment);
  return function;
}

Result<std::optional<Function>> find_function(sql::Snapshot& view, const keys::Vault& vault,
                                              std::string_view arn) {
  const auto row = view.one(
      "SELECT arn, account, region, name, role, runtime, handler, description, timeout_seconds, "
      "memory_megabytes, temporary_megabytes, sealed_environment, code_sha256, code_size, "
      "revision_id, modified_at, reserved, retries, event_age_seconds, events_configured_at, "
      "policy, dead_letters, on_success, on_failure FROM lambda_function WHERE arn = $1",
      arn);
  if (!row) return row.error();
  if (!*row) return std::optional<Function>();
  auto function = function_in(**row, vault);
  if (!function) return function.error();
  return std::optional(*std::move(function));
}

Result<std::vector<Function>> list_functions(sql::Snapshot& view, const keys::Vault& vault,
                                             std::string_view account, std::string_view region,
                                             std::string_view after, std::int64_t limit) {
  const auto rows = view.all(
      "SELECT arn, account, region, name, role, runtime, handler, description, timeout_seconds, "
      "memory_megabytes, temporary_megabytes, sealed_environment, code_sha256, code_size, "
      "revision_id, modified_at, reserved, retries, event_age_seconds, events_configured_at, "
      "policy, dead_letters, on_success, on_failure FROM lambda_function WHERE account = $1 AND "
      "region = $2 AND name > $3 "
      "ORDER BY name LIMIT $4",
      account, region, after, limit);
  if (!rows) return rows.error();
  std::vector<Function> functions;
  for (const auto& row : *rows) {
    auto function = function_in(row, vault);
    if (!function) return function.error();
    functions.push_back(*std::move(function));
  }
  return functions;
}

Outcome add_function(sql::Transaction& tx, const keys::Vault& vault, const Function& function,
                     ByteView zip) {
  const auto& f = function;
  const auto environment = sealed(vault, f.arn, f.environment);
  if (!environment) return environment.error();
  const auto added = tx.run(
      "INSERT INTO lambda_function (arn, account, region, name, role, runtime, handler, "
      "description, timeout_seconds, memory_megabytes, temporary_megabytes, sealed_environment, "
      "code_sha256, code_size, revision_id, modified_at, dead_letters) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
      f.arn, f.account, f.region, f.name, f.role, f.runtime, f.handler, f.description,
      f.timeout_seconds, f.memory_megabytes, f.temporary_megabytes, *environment, f.code_sha256,
      f.code_size, f.revision_id, f.modified_at, f.dead_letters);
  if (!added) return added.error();
  const auto kept =
      tx.run("INSERT INTO lambda_code (function_arn, zip) VALUES ($1, $2)", f.arn, zip);
  if (!kept) return kept.error();
  return {};
}

Outcome change_function(sql::Transaction& tx, const keys::Vault& vault, const Function& function) {
  const auto& f = function;
  const auto environment = sealed(vault, f.arn, f.environment);
  if (!environment) return environment.error();
  const auto changed = tx.run(
      "UPDATE lambda_function SET role = $2, runtime = $3, handler = $4, description = $5, "
      "timeout_seconds = $6, memory_megabytes = $7, temporary_megabytes = $8, "
      "sealed_environment = $9, code_sha256 = $10, code_size = $11, revision_id = $12, "
      "modified_at = $13, reserved = $14, retries = $15, event_age_seconds = $16, "
      "events_configured_at = $17, policy = $18, dead_letters = $19, on_success = $20, "
      "on_failure = $21 WHERE arn = $1",
      f.arn, f.role, f.runtime, f.handler, f.description, f.timeout_seconds, f.memory_megabytes,
      f.temporary_megabytes, *environment, f.code_sha256, f.code_size, f.revision_id, f.modified_at,
      f.reserved, f.events.retries, f.events.age_seconds, f.events.configured_at, f.policy,
      f.dead_letters, f.events.on_success, f.events.on_failure);
  if (!changed) return changed.error();
  return {};
}

Outcome change_code(sql::Transaction& tx, std::string_view arn, ByteView zip) {
  const auto changed = tx.run("UPDATE lambda_code SET zip = $2 WHERE function_arn = $1", arn, zip);
  if (!changed) return changed.error();
  return {};
}

Result<std::int64_t> remove_function(sql::Transaction& tx, std::string_view arn) {
  if (const auto done = remove_published(tx, arn); !done) return done.error();
  const auto events = tx.run("DELETE FROM lambda_event WHERE function_arn = $1", arn);
  if (!events) return events.error();
  for (const std::string_view statement : {"DELETE FROM lambda_tag WHERE function_arn = $1",
                                           "DELETE FROM lambda_code WHERE function_arn = $1",
                                           "DELETE FROM lambda_function WHERE arn = $1"}) {
    const auto removed = tx.run(statement, arn);
    if (!removed) return removed.error();
  }
  return *events;
}

Result<std::optional<Bytes>> code_of(sql::Snapshot& view, std::string_view arn) {
  const auto row = view.one("SELECT zip FROM lambda_code WHERE function_arn = $1", arn);
  if (!row) return row.error();
  if (!*row) return std::optional<Bytes>();
  return std::optional((*row)->blob(0));
}

Result<aws::Tags> tags_of(sql::Snapshot& view, std::string_view arn) {
  const auto rows =
      view.all("SELECT name, value FROM lambda_tag WHERE function_arn = $1 ORDER BY name", arn);
  if (!rows) return rows.error();
  aws::Tags tags;
  for (const auto& row : *rows) tags.emplace_back(row.text(0), row.text(1));
  return tags;
}

Outcome put_tag(sql::Transaction& tx, std::string_view arn, std::string_view name,
                std::string_view value) {
  const auto put = tx.run(
      "INSERT INTO lambda_tag (function_arn, name, value) VALUES ($1, $2, $3) "
      "ON CONFLICT (function_arn, name) DO UPDATE SET value = excluded.value",
      arn, name, value);
  if (!put) return put.error();
  return {};
}

Outcome remove_tag(sql::Transaction& tx, std::string_view arn, std::string_view name) {
  const auto removed =
      tx.run("DELETE FROM lambda_tag WHERE function_arn = $1 AND name = $2", arn, name);
  if (!removed) return removed.error();
  return {};
}

}  // namespace everseal::lambda
