-- Opens a file in Neovim with our server, notes what it is told, applies an action, saves.
local out = assert(io.open(os.getenv("SSOT_OUT"), "w"))
local function note(text) out:write(text .. "\n") out:flush() end
local root = os.getenv("SSOT_ROOT")
local client = vim.lsp.start_client({
  name = "ssot-lint",
  cmd = { os.getenv("SSOT_PYTHON"), "-m", "ssot_lint", "server", "-q" },
  cmd_cwd = root,
  root_dir = root,
})
vim.cmd("edit " .. root .. "/shop/sums.py")
vim.lsp.buf_attach_client(0, client)
local function found() return vim.diagnostic.get(0) end
vim.wait(60000, function() return #found() > 0 end, 50)
for _, each in ipairs(found()) do
  note(string.format("diagnostic %s %d %s", each.code or "", each.lnum + 1, each.source))
end
vim.api.nvim_win_set_cursor(0, { found()[1].lnum + 1, 0 })
local function ask(method, params) return vim.lsp.buf_request_sync(0, method, params, 30000)[client].result end
vim.wait(60000, function()
  return ask("textDocument/hover", vim.lsp.util.make_position_params()) ~= nil
end, 200)
note("hover " .. vim.split(ask("textDocument/hover", vim.lsp.util.make_position_params()).contents.value, "\n")[1])
local params = vim.lsp.util.make_range_params()
params.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(0) }
local action
for _, each in ipairs(ask("textDocument/codeAction", params)) do
  if vim.startswith(each.title, "Ignore") then action = each end
end
note("action " .. action.title)
vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
vim.cmd("write")
vim.wait(60000, function() return #found() == 0 end, 50)
note(string.format("left %d", #found()))
out:close()
vim.cmd("qa!")
