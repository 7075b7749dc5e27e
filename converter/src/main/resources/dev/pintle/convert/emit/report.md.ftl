<#function cell text><#return text?replace("|", "\\|")?replace("\n", " ")></#function>
# `${account.source}` to Pintle

**${verdict?cap_first}.** <#list totals as kind, count>${count} ${kind}<#sep>, </#list>. The layout: `${account.target}`.
<#list todo as it>
<#if it?is_first>

</#if>
${it?counter}. <#list it.places as place>`${place.text}`<#sep>, </#list>: ${it.text}<#if it.hint??> → *${it.hint}*</#if>
</#list>
<#list report.sections as section>

## `${section.title}`<#if section.services?has_content> → ${section.services?join(", ")}</#if>

`${section.position.file}:${section.position.line}`<#if section.fate.text?has_content> **${section.fate.kind.text()}**: ${section.fate.text}</#if><#if section.fate.hint??> → *${section.fate.hint}*</#if>
<#if section.keys?has_content>

| line | key | | what became of it |
| ---: | --- | --- | --- |
<#list section.keys as key>
| ${key.position.line} | `${cell(key.name)}` | ${key.fate.kind.text()} | ${cell(key.fate.text)}<#if key.fate.hint??> → *${cell(key.fate.hint)}*</#if> |
</#list>
</#if>
</#list>

## For all services

<#list report.notes as note>
- **${note.title}**: ${note.text}
</#list>
<#if account.warnings?has_content>

## Warnings

<#list account.warnings as warning>
- `${warning.file}:${warning.line}:${warning.column}` ${warning.message}<#if warning.hint??> → *${warning.hint}*</#if>
</#list>
</#if>
<#list account.patches>

## ${account.written?then("Changed", "To be changed")}

```diff
<#items as patch>
${patch.diff}<#t>
</#items>
```
</#list>
<#list account.proof>

## To prove that everything starts, and starts again

```
<#items as command>
${command}
</#items>
```
</#list>
