<#function paint kind text>
  <#if !colour><#return text></#if>
  <#local code = {"kept": "32", "changed": "36", "approximated": "33", "not carried": "31"}[kind]>
  <#return "\x001B[" + code + "m" + text + "\x001B[0m">
</#function>
<#function bold text><#return colour?then("\x001B[1m" + text + "\x001B[0m", text)></#function>
${bold(source)} -> ${target}
<#list report.sections as section>

${bold("[" + section.name + "]")}  ${section.position.file}:${section.position.line}<#if section.services?has_content>  -> ${section.services?join(", ")}</#if>
<#if section.fate.text?has_content>
        ${""?right_pad(24)}${paint(section.fate.kind.text(), section.fate.kind.text()?right_pad(12))} ${section.fate.text}
<#if section.fate.hint??>
        ${""?right_pad(37)}> ${section.fate.hint}
</#if>
</#if>
<#list section.keys as key>
  ${key.position.line?string?left_pad(4)}  ${key.name?right_pad(24)}${paint(key.fate.kind.text(), key.fate.kind.text()?right_pad(12))} ${key.fate.text}
<#if key.fate.hint??>
        ${""?right_pad(37)}> ${key.fate.hint}
</#if>
</#list>
</#list>

${bold("For all services")}
<#list report.notes as note>
  ${(note.title + ":")?right_pad(14)}${note.text}
</#list>

<#list totals as kind, count>${paint(kind, count + " " + kind)}<#sep>, </#list>
